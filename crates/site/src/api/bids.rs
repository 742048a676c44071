//! Bidding: offers, takes, buying now, taking back.

use super::body::{Json, Number, Numbered, parse};
use super::caller::{Caller, Id, Once};
use super::problem::{Problem, Refused, unread};
use super::shapes::{ReceiptShape, SentShape};
use super::whole::whole;
use crate::app::Shared;
use auction::{Currency, Decimal};
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use market::actions::{Offer, Placed, Receipt};
use market::{Identity, Refusal};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;

/// An offer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfferShape<'a> {
    /// A maximum in an ascending auction, a minimum in a reverse one, the amount in a sealed one; the price seen
    /// when a price is taken.
    #[serde(borrow)]
    #[schema(example = "12.50", pattern = "^[0-9]{1,12}([.][0-9]{1,6})?$")]
    amount: Cow<'a, str>,
    /// What the amount is in; it must be the auction's currency.
    #[serde(borrow)]
    #[schema(example = "EUR", pattern = "^[A-Z]{3}$")]
    currency: Cow<'a, str>,
    /// The version of the listing that was looked at.
    #[schema(example = 1, maximum = 4294967295u64)]
    #[serde(deserialize_with = "whole")]
    version: u32,
}

/// A receipt, with a header that says if it was given before.
pub(super) fn given(receipt: Receipt) -> Response {
    let repeated = receipt.repeated;
    answer(StatusCode::CREATED, ReceiptShape::from(receipt), repeated)
}

/// What has become of a bid: it was decided, or is on its way to the site of the auction.
fn placed(placed: Placed) -> Response {
    match placed {
        Placed::Decided(receipt) => given(receipt),
        Placed::Sent(sent) => answer(StatusCode::ACCEPTED, SentShape::from(&sent), sent.repeated),
    }
}

fn answer(status: StatusCode, body: impl Serialize, repeated: bool) -> Response {
    let mut response = (status, axum::Json(body)).into_response();
    if repeated {
        response.headers_mut().insert("idempotent-replayed", axum::http::HeaderValue::from_static("true"));
    }
    response
}

/// Make an offer.
///
/// Send an `Idempotency-Key` of your own with every offer: the same key with the same content gets the same
/// answer and has no second effect, so an offer whose answer was lost can simply be sent again.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/bids", tag = "bids", request_body = OfferShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape, description = "The offer was taken, and is on disk."),
    (status = 202, body = SentShape, description = "It is recorded, and on its way to the site of the auction."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn place(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    body: Body,
) -> Response {
    let offer = match read(&app, &who, auction, id, body).await {
        Ok(offer) => offer,
        Err(response) => return response,
    };
    let outcome = app.market.place_bid(&who, offer).await;
    app.count_bid(&outcome);
    outcome.map_or_else(|refusal| Refused(refusal).into_response(), placed)
}

/// Take the price on the clock of a descending auction. The amount is the price that was seen.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/takes", tag = "bids", request_body = OfferShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape, description = "It is yours."),
    (status = 202, body = SentShape, description = "It is recorded, and on its way to the site of the auction."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn take(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    body: Body,
) -> Response {
    let seen = match read(&app, &who, auction, id, body).await {
        Ok(seen) => seen,
        Err(response) => return response,
    };
    let outcome = app.market.take_price(&who, seen).await;
    app.count_bid(&outcome);
    outcome.map_or_else(|refusal| Refused(refusal).into_response(), placed)
}

async fn read(
    app: &Shared,
    who: &Identity,
    auction: i64,
    id: auction::CommandId,
    body: Body,
) -> Result<Offer, Response> {
    let refuse = |refusal: Refusal| Refused(refusal).into_response();
    app.rates.bid(who.person).map_err(refuse)?;
    let bytes = crate::body::read(body, &app.settings.limits).await.map_err(unread)?;
    let shape: OfferShape<'_> = parse(&bytes).map_err(refuse)?;
    offer(auction, id, &shape).map_err(refuse)
}

fn offer(auction: i64, id: auction::CommandId, shape: &OfferShape<'_>) -> Result<Offer, Refusal> {
    let amount = Decimal::parse(&shape.amount).map_err(|_| Refusal::field("amount", "not_a_decimal"))?;
    let currency = iso_currency::Currency::from_code(&shape.currency)
        .and_then(|iso| Currency::new(iso.code(), iso.exponent().unwrap_or(0) as u8))
        .ok_or_else(|| Refusal::field("currency", "unknown"))?;
    Ok(Offer { auction, id, version: shape.version, amount, currency: Some(currency) })
}

/// The version of the listing that was looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SeenShape {
    /// It goes with every command.
    #[schema(example = 1, maximum = 4294967295u64)]
    #[serde(deserialize_with = "whole")]
    pub(super) version: u32,
}

/// Buy at the buy-now price.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/purchases", tag = "bids", request_body = SeenShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape, description = "It is yours."),
    (status = 202, body = SentShape, description = "It is recorded, and on its way to the site of the auction."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn buy(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(seen): Json<SeenShape>,
) -> Result<Response, Refused> {
    app.rates.bid(who.person)?;
    Ok(placed(app.market.buy_now(&who, auction, id, seen.version).await?))
}

/// The version that was looked at, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonShape {
    /// The version of the listing that was looked at.
    #[schema(example = 1, maximum = 4294967295u64)]
    #[serde(deserialize_with = "whole")]
    pub(super) version: u32,
    /// Why, in at most 500 characters.
    #[schema(min_length = 1, max_length = 500, pattern = "[^\\s\\x00-\\x1f\\x7f-\\x9f]")]
    #[schema(example = "I typed 500 for 50")]
    pub(super) reason: String,
}

/// Take back own offers: all with 12 hours or more left, else the last one within an hour.
#[utoipa::path(post, path = "/api/v1/auctions/{id}/retractions", tag = "bids", request_body = ReasonShape,
    params(Numbered, Once), security(("key" = [])), responses(
    (status = 201, body = ReceiptShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn retract(
    State(app): State<Shared>,
    Caller(who): Caller,
    Id(id): Id,
    Number(auction): Number,
    Json(asked): Json<ReasonShape>,
) -> Result<Response, Refused> {
    Ok(given(app.market.retract(&who, auction, id, asked.version, &asked.reason).await?))
}
