//! What sites signed about an auction, for who checks it.

use super::body::{Number, Numbered};
use super::caller::Caller;
use super::problem::{Problem, Refused, nothing_here};
use crate::app::Shared;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// A file of receipts.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "the file is written by `federation`; this documents it")]
pub(super) struct ReceiptsShape {
    /// What the file says it is.
    #[schema(example = "anuko-auction-receipts-1")]
    format: String,
    /// The key of the site that decides.
    origin: String,
    /// The auction's number there.
    auction: u64,
    /// Signed envelopes in base64, in the order in which they came here.
    envelopes: Vec<String>,
}

/// What sites signed about an auction of a networked site: `anuko-auction verify FILE` checks it.
#[utoipa::path(get, path = "/api/v1/auctions/{id}/receipts", tag = "auctions", params(Numbered), responses(
    (status = 200, body = ReceiptsShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn receipts(
    State(app): State<Shared>,
    caller: Option<Caller>,
    Number(auction): Number,
) -> Result<Response, Refused> {
    let Some(hub) = &app.hub else { return Ok(nothing_here().await.into_response()) };
    let viewer = caller.map(|Caller(who)| who);
    // Who may see the auction may check it.
    app.market.auction_page(viewer.as_ref(), auction).await?;
    let receipts = federation::receipts(&app.market, hub.hub().identity(), auction).await?;
    let name = format!("attachment; filename=\"receipts-{auction}.json\"");
    let headers = [(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, receipts.write()).into_response())
}
