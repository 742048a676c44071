//! What sellers do with their auctions.

use super::auctions::VersionShape;
use super::bids::{ReasonShape, SeenShape, given};
use super::body::{Json, Number, Numbered};
use super::caller::{Caller, Id, Once};
use super::problem::{Problem, Refused};
use super::shapes::ReceiptShape;
use super::whole::whole;
use crate::app::Shared;
use auction::Decimal;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use market::Refusal;
use market::actions::CancelBid;
use serde::Deserialize;
use utoipa::ToSchema;

/// Publish a draft. Doing it twice is harmless.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/publication", tag = "selling", params(Numbered),
    security(("key" = [])), responses(
    (status = 204, description = "It is public, scheduled, or waits for a moderator."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn publish(
    State(app): State<Shared>,
    Caller(who): Caller,
    Number(auction): Number,
) -> Result<StatusCode, Refused> {
    app.market.publish(&who, auction).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Text to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddedShape {
    /// At most 5,000 characters.
    #[schema(min_length = 1, max_length = 5000, pattern = "[^\\s\\x00-\\x1f\\x7f-\\x9f]")]
    #[schema(example = "The key is there, too.")]
    text: String,
}

/// Add to the text, also when there are bids.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/additions", tag = "selling", request_body = AddedShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = VersionShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add_text(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(added): Json<AddedShape>,
) -> Result<(StatusCode, axum::Json<VersionShape>), Refused> {
    let version = app.market.add_text(&who, id, auction, &added.text).await?;
    Ok((StatusCode::CREATED, axum::Json(VersionShape { version })))
}

/// A lower reserve.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReserveShape {
    /// The version of the listing that was looked at.
    #[schema(maximum = 4294967295u64, example = 1)]
    #[serde(deserialize_with = "whole")]
    version: u32,
    /// The new reserve; null drops it.
    #[schema(pattern = "^[0-9]{1,12}([.][0-9]{1,6})?$", example = "12.50")]
    amount: Option<String>,
}

/// Lower the reserve.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/reserve", tag = "selling", request_body = ReserveShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn lower_reserve(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(asked): Json<ReserveShape>,
) -> Result<Response, Refused> {
    let to = asked.amount.as_deref().map(Decimal::parse).transpose();
    let to = to.map_err(|_| Refusal::field("amount", "not_a_decimal"))?;
    Ok(given(app.market.lower_reserve(&who, auction, id, asked.version, to).await?))
}

/// Sell to the leader now; a sealed auction is decided now.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/end", tag = "selling", request_body = SeenShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn end_early(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(seen): Json<SeenShape>,
) -> Result<Response, Refused> {
    Ok(given(app.market.end_early(&who, auction, id, seen.version).await?))
}

/// Sell to the leader at the price shown after an unmet reserve, within 48 hours.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/acceptance", tag = "selling", request_body = SeenShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn accept(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(seen): Json<SeenShape>,
) -> Result<Response, Refused> {
    Ok(given(app.market.accept(&who, auction, id, seen.version).await?))
}

/// Take the item off without a sale. Moderators may, too.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/withdrawal", tag = "selling", request_body = ReasonShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn withdraw(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(asked): Json<ReasonShape>,
) -> Result<Response, Refused> {
    Ok(given(app.market.withdraw(&who, auction, id, asked.version, &asked.reason).await?))
}

/// Cancel a bid, by the number of its entry. Moderators may, too.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/entries/{entry}/cancellation", tag = "selling",
    request_body = ReasonShape,
    params(Numbered, ("entry" = u32, Path, minimum = 1, example = 1), Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn cancel_bid(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    path: Result<Path<(i64, u32)>, axum::extract::rejection::PathRejection>,
    Json(asked): Json<ReasonShape>,
) -> Result<Response, Refused> {
    let Path((auction, entry)) = path.map_err(|_| Refusal::NoSuchAuction)?;
    let request = CancelBid { auction, id, version: asked.version, entry, reason: asked.reason };
    Ok(given(app.market.cancel_bid(&who, request).await?))
}
