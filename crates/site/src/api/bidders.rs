//! Who has bid on an auction, and what sellers and moderators do about it.

use super::body::{Json, Number, Numbered};
use super::caller::Caller;
use super::moderation::SuspensionShape;
use super::problem::{Problem, Refused};
use crate::app::Shared;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use market::show::BidderRow;
use market::{BidderName, Refusal};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A bidder of an auction, in the path.
pub(super) struct Named(i64, BidderName);

/// How the document describes it.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[allow(dead_code, reason = "only its description is used")]
pub(super) struct NamedBidder {
    /// The number of the auction.
    #[param(minimum = 1, example = 1)]
    id: i64,
    /// As the list of bidders names it: the number of the invented name; of somebody of another site with an `@` and the
    /// key of that site behind it.
    #[param(pattern = "^[0-9]{1,9}(@[0-9a-f]{64})?$", example = "1")]
    bidder: String,
}

impl FromRequestParts<Shared> for Named {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Named, Refused> {
        let path = Path::<(i64, String)>::from_request_parts(parts, app).await;
        let Path((auction, bidder)) = path.map_err(|_| Refusal::NoSuchAuction)?;
        Ok(Named(auction, bidder.parse().map_err(|_| Refusal::NoSuchPerson)?))
    }
}

/// Somebody who has bid.
#[derive(Serialize, ToSchema)]
struct BidderShape {
    /// Names the bidder in addresses.
    bidder: String,
    /// The invented name; of somebody of another site with that site behind it.
    name: String,
    /// May not bid on this auction any more.
    blocked: bool,
    /// May not bid on anything here any more.
    suspended: bool,
}

/// Everybody who has bid.
#[derive(Serialize, ToSchema)]
pub(super) struct BiddersShape {
    /// Own people first, each in the order of their numbers.
    rows: Vec<BidderShape>,
}

/// Everybody who has bid on an auction: for its seller and for moderators.
#[utoipa::path(get, path = "/api/v1/auctions/{id}/bidders", tag = "selling", params(Numbered),
    security(("key" = [])), responses(
    (status = 200, body = BiddersShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Caller(who): Caller,
    Number(auction): Number,
) -> Result<axum::Json<BiddersShape>, Refused> {
    let rows = app.market.bidders(&who, auction).await?.into_iter();
    let shape = |BidderRow { bidder, name, blocked, suspended }| {
        let bidder = bidder.to_string();
        BidderShape { bidder, name, blocked, suspended }
    };
    Ok(axum::Json(BiddersShape { rows: rows.map(shape).collect() }))
}

/// Block a bidder of an auction: for the seller and for moderators. Offers that stand stay.
#[utoipa::path(put, path = "/api/v1/auctions/{id}/blocks/{bidder}", tag = "selling", params(NamedBidder),
    security(("key" = [])), responses(
    (status = 204, description = "Takes no more offers from this bidder."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn block(
    State(app): State<Shared>,
    Caller(who): Caller,
    Named(auction, bidder): Named,
) -> Result<StatusCode, Refused> {
    app.market.block(&who, auction, bidder, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let a blocked bidder back in.
#[utoipa::path(delete, path = "/api/v1/auctions/{id}/blocks/{bidder}", tag = "selling", params(NamedBidder),
    security(("key" = [])), responses(
    (status = 204, description = "Takes offers from this bidder again."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn unblock(
    State(app): State<Shared>,
    Caller(who): Caller,
    Named(auction, bidder): Named,
) -> Result<StatusCode, Refused> {
    app.market.block(&who, auction, bidder, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Suspend a bidder of an auction, who may be somebody of another site, from everything here; standing offers are cancelled.
#[utoipa::path(put, path = "/api/v1/auctions/{id}/suspensions/{bidder}", tag = "moderation",
    request_body = SuspensionShape, params(NamedBidder), security(("key" = [])), responses(
    (status = 204, description = "Takes no more offers from this person, on any auction of this site."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn suspend(
    State(app): State<Shared>,
    Caller(who): Caller,
    Named(auction, bidder): Named,
    Json(why): Json<SuspensionShape>,
) -> Result<StatusCode, Refused> {
    app.market.suspend_bidder(&who, auction, bidder, &why.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let a suspended bidder back in. Cancelled offers stay cancelled.
#[utoipa::path(delete, path = "/api/v1/auctions/{id}/suspensions/{bidder}", tag = "moderation", params(NamedBidder),
    security(("key" = [])), responses(
    (status = 204, description = "Takes offers from this person again."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn unsuspend(
    State(app): State<Shared>,
    Caller(who): Caller,
    Named(auction, bidder): Named,
) -> Result<StatusCode, Refused> {
    app.market.unsuspend_bidder(&who, auction, bidder).await?;
    Ok(StatusCode::NO_CONTENT)
}
