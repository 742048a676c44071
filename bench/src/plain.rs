//! The ten-line server: axum as it comes, the JSON of a bid in, as many bytes as a receipt out.

use anyhow::Result;
use axum::body::Bytes;
use axum::http::{StatusCode, header::CONTENT_TYPE};
use axum::{Router, response::IntoResponse, routing::post};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

#[derive(Deserialize)]
struct Bid<'a> {
    amount: &'a str,
    currency: &'a str,
    version: u32,
}

#[derive(Serialize)]
struct Receipt<'a> {
    auction: i64,
    entry: u32,
    at: &'a str,
    leading: bool,
    currency: &'a str,
    amount: &'a str,
    price: &'a str,
    next_offer: &'a str,
    ends_at: &'a str,
    bidder: u32,
}

/// Serves on a free port and prints the address.
pub(crate) fn serve() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("plain is open at http://{}", listener.local_addr()?);
        Ok(axum::serve(listener, Router::new().route("/bench/echo", post(echo))).await?)
    })
}

async fn echo(body: Bytes) -> impl IntoResponse {
    let Ok(Bid { amount, currency, version }) = serde_json::from_slice(&body) else {
        return (StatusCode::BAD_REQUEST, [(CONTENT_TYPE, "application/json")], Vec::new());
    };
    let (at, ends_at) = ("2026-01-01T00:00:00.000000Z", "2026-01-02T00:00:00.000000Z");
    let (price, next_offer) = (amount, amount);
    let (auction, entry, leading, bidder) = (100, version, true, 1000);
    let receipt =
        Receipt { auction, entry, at, leading, currency, amount, price, next_offer, ends_at, bidder };
    let json = serde_json::to_vec(&receipt).unwrap_or_default();
    (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], json)
}
