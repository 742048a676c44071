//! One auction: list it, look at it, revise it, read its history.

use super::body::{Asked, Json, Number, Numbered};
use super::caller::{Caller, Id, Once};
use super::cursor::{Page, Rows, behind};
use super::problem::{Problem, Refused};
use super::shapes::{AuctionShape, EntryShape, ItemShape};
use super::whole::whole;
use crate::app::Shared;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use market::show::Older;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// List an item.
#[utoipa::path(post, path = "/api/v1/auctions", tag = "selling", request_body = ItemShape,
    params(Once),
    security(("key" = [])), responses(
    (status = 201, body = AuctionShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Json(item): Json<ItemShape>,
) -> Result<(StatusCode, [(axum::http::HeaderName, String); 1], axum::Json<AuctionShape>), Refused> {
    let auction = app.market.list_item(&who, id, item.item()?).await?;
    let page = app.market.auction_page(Some(&who), auction).await?;
    let location = [(LOCATION, format!("/api/v1/auctions/{auction}"))];
    Ok((StatusCode::CREATED, location, axum::Json(AuctionShape::new(&page, true))))
}

/// An auction, as the caller may see it.
#[utoipa::path(get, path = "/api/v1/auctions/{id}", tag = "auctions", params(Numbered), responses(
    (status = 200, body = AuctionShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn one(
    State(app): State<Shared>,
    caller: Option<Caller>,
    Number(auction): Number,
) -> Result<axum::Json<AuctionShape>, Refused> {
    let viewer = caller.map(|Caller(who)| who);
    let page = app.market.auction_page(viewer.as_ref(), auction).await?;
    Ok(axum::Json(AuctionShape::new(&page, viewer.is_some())))
}

/// New words and terms for an auction that nobody has bid on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RevisionShape {
    /// The version that was looked at.
    #[schema(maximum = 4294967295u64, example = 1)]
    #[serde(deserialize_with = "whole")]
    version: u32,
    /// All words and terms, as they shall be.
    item: ItemShape,
}

/// The version of a listing.
#[derive(Serialize, ToSchema)]
pub(super) struct VersionShape {
    /// Goes with every command.
    pub(super) version: u32,
}

/// Revise an auction that nobody has bid on.
#[utoipa::path(put, path = "/api/v1/auctions/{id}", tag = "selling", request_body = RevisionShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 200, body = VersionShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn revise(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(revision): Json<RevisionShape>,
) -> Result<axum::Json<VersionShape>, Refused> {
    let item = revision.item.item()?;
    let version = app.market.revise(&who, id, auction, revision.version, item).await?;
    Ok(axum::Json(VersionShape { version }))
}

/// The history of an auction, newest first, as the caller may see it.
#[utoipa::path(get, path = "/api/v1/auctions/{id}/entries", tag = "auctions", params(Numbered, Page), responses(
    (status = 200, body = Rows<EntryShape>),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn history(
    State(app): State<Shared>,
    caller: Option<Caller>,
    Number(auction): Number,
    Asked(page): Asked<Page>,
) -> Result<axum::Json<Rows<EntryShape>>, Refused> {
    let viewer = caller.map(|Caller(who)| who);
    let limit = page.limit()?;
    let from = page.number()?.map(Older);
    let listed = app.market.auction_page(viewer.as_ref(), auction).await?;
    let history = app.market.history(viewer.as_ref(), auction, from, limit).await?;
    let next = history.last().and_then(|row| row.older).map(|Older(place)| behind(place));
    let rows = history.into_iter().map(|row| EntryShape::new(row, listed.terms.currency));
    Ok(axum::Json(Rows::ending(rows.collect(), next)))
}
