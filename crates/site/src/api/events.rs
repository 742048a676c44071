//! Live events of an auction, as server-sent events.

use super::body::{Number, Numbered};
use super::problem::{Problem, Refused};
use crate::app::Shared;
use crate::rates;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use utoipa::{IntoParams, ToSchema};

/// What a watcher has seen already.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(super) struct Seen {
    /// The id of the last event that was seen.
    #[param(rename = "Last-Event-ID", value_type = String, required = false)]
    #[allow(dead_code, reason = "the handler reads the header; this describes it")]
    last_event_id: Option<String>,
}

/// One event of the stream.
#[derive(ToSchema)]
#[allow(dead_code, reason = "`live` writes it; this describes it")]
pub(super) struct EventShape {
    /// Differs with every change.
    id: String,
    /// `auction`, or `gone` when strangers do not see it any more.
    #[schema(example = "auction")]
    event: String,
    /// The auction as strangers see it: `AuctionShape` as JSON. Of `gone`, its number.
    data: String,
}

/// Watch an auction.
///
/// Each event is called `auction` (`gone` when strangers do not see it any more), its id differs with every change, its data the auction as strangers see
/// it. An event is the whole state, so after a break nothing needs to be made good: with `Last-Event-ID` of the
/// present state the stream waits for the next change, else it begins with the present state.
#[utoipa::path(get, path = "/api/v1/auctions/{id}/events", tag = "auctions",
    params(Numbered, Seen), responses(
    (status = 200, description = "A stream of events.", content_type = "text/event-stream", body = EventShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn events(
    State(app): State<Shared>,
    Number(auction): Number,
    request: Request,
) -> Result<Response, Refused> {
    let address = rates::address(&request, &app.settings);
    let watcher = address.map(|address| app.rates.stream(address)).transpose()?.flatten();
    let seen = request.headers().get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let watch = app.live.watch(&app.market, auction, seen, watcher).await?;
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        (CACHE_CONTROL, "no-store"),
        // nginx would hold events back.
        (axum::http::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(watch)).into_response())
}
