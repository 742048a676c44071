//! For benchmarks: what the HTTP stack costs without the product. Reads the same JSON as a bid and answers about as
//! many bytes; no middleware, no key, no database.

use crate::app::Shared;
use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Deserialize)]
struct Bid<'a> {
    #[serde(borrow)]
    amount: Cow<'a, str>,
    #[serde(borrow)]
    currency: Cow<'a, str>,
    version: u32,
}

/// As many bytes as a receipt.
#[derive(Serialize)]
struct Echo<'a> {
    auction: i64,
    entry: u32,
    at: &'static str,
    leading: bool,
    currency: &'a str,
    amount: &'a str,
    price: &'a str,
    next_offer: &'a str,
    ends_at: &'static str,
    bidder: u32,
}

pub(super) fn router() -> Router<Shared> {
    Router::new().route("/bench/echo", post(echo))
}

async fn echo(body: Bytes) -> Response {
    let Ok(bid) = serde_json::from_slice::<Bid<'_>>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let echo = Echo {
        auction: 100,
        entry: bid.version,
        at: "2026-01-01T00:00:00.000000Z",
        leading: true,
        currency: &bid.currency,
        amount: &bid.amount,
        price: &bid.amount,
        next_offer: &bid.amount,
        ends_at: "2026-01-02T00:00:00.000000Z",
        bidder: 1000,
    };
    let Ok(json) = serde_json::to_vec(&echo) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], json).into_response()
}
