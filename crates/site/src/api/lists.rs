//! Lists of auctions.

use super::body::Asked;
use super::caller::Caller;
use super::cursor::{Page, Rows, behind, written};
use super::problem::{Problem, Refused};
use super::shapes::{BidRowShape, RowShape};
use crate::app::Shared;
use axum::extract::State;
use market::show::Listing;
use market::{Identity, Refusal};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which auctions, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    /// open (if not said, ending soonest first), scheduled or closed.
    #[param(value_type = String, required = false, pattern = "^(open|scheduled|closed)$")]
    state: Option<String>,
    /// Where to go on: `next` of the page before.
    #[param(value_type = String, required = false, pattern = "^[0-9]{1,18}[.][0-9]{1,18}$")]
    cursor: Option<String>,
    /// How many rows, 50 if not said.
    #[param(value_type = u16, required = false, minimum = 1, maximum = 100)]
    limit: Option<u16>,
}

/// Public auctions.
#[utoipa::path(get, path = "/api/v1/auctions", tag = "auctions", params(Which), responses(
    (status = 200, body = Rows<RowShape>),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    caller: Option<Caller>,
    Asked(which): Asked<Which>,
) -> Result<axum::Json<Rows<RowShape>>, Refused> {
    let listing = match which.state.as_deref() {
        None | Some("open") => Listing::Open,
        Some("scheduled") => Listing::Scheduled,
        Some("closed") => Listing::Closed,
        Some(_) => return Err(Refusal::field("state", "unknown").into()),
    };
    let page = Page::new(which.cursor, which.limit);
    Ok(rows(&app, caller.map(|Caller(who)| who).as_ref(), listing, &page).await?)
}

/// The caller's own auctions in all states, newest first.
#[utoipa::path(get, path = "/api/v1/me/auctions", tag = "auctions", params(Page), security(("key" = [])), responses(
    (status = 200, body = Rows<RowShape>),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn mine(
    State(app): State<Shared>,
    Caller(who): Caller,
    Asked(page): Asked<Page>,
) -> Result<axum::Json<Rows<RowShape>>, Refused> {
    Ok(rows(&app, Some(&who), Listing::Mine, &page).await?)
}

/// A page of a list.
pub(super) async fn rows(
    app: &Shared,
    viewer: Option<&Identity>,
    listing: Listing,
    page: &Page,
) -> Result<axum::Json<Rows<RowShape>>, Refusal> {
    let limit = page.limit()?;
    let found = app.market.list(viewer, listing, page.place()?, limit).await?;
    let rows = found.into_iter().map(|row| {
        let place = written(row.cursor);
        (RowShape::from(row), place)
    });
    Ok(axum::Json(Rows::new(rows.collect(), limit)))
}

/// Auctions on which the caller has bid, newest auction first.
#[utoipa::path(get, path = "/api/v1/me/bids", tag = "bids", params(Page), security(("key" = [])), responses(
    (status = 200, body = Rows<BidRowShape>),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn my_bids(
    State(app): State<Shared>,
    Caller(who): Caller,
    Asked(page): Asked<Page>,
) -> Result<axum::Json<Rows<BidRowShape>>, Refused> {
    let limit = page.limit()?;
    let below = page.number()?.unwrap_or(i64::MAX);
    let found = app.market.my_bids(&who, below, limit).await?;
    let rows = found.into_iter().map(|bid| {
        let place = behind(bid.row.id);
        (BidRowShape::from(bid), place)
    });
    Ok(axum::Json(Rows::new(rows.collect(), limit)))
}
