//! `/v1/messages`: events in, events out.

mod accept;
mod filter;
mod place;
mod send;
mod stream;

pub use filter::Filter;
pub use place::Spot;
pub(super) use stream::watch;

use super::Door;
use super::answers::Receipt;
use super::caller::Caller;
use super::event::{EVENT_MOST, Event};
use super::problem::Problem;
use accept::Arrived;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;

/// The most events of a batch: as many as an envelope holds.
pub const BATCH_MOST: usize = crate::envelope::MESSAGES_MOST;

/// The most bytes of a request: a full batch of the largest events, with its commas and spaces.
pub const BODY_MOST: usize = BATCH_MOST * EVENT_MOST + 64 * 1024;

/// Takes events.
pub(super) async fn post(
    State(door): State<Arc<Door>>,
    Caller(application): Caller,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|_| Problem::new("too_large"))?;
    let arrived = accept::accept(&headers, &body)?;
    let key = application.key.to_string();
    // Who hangs up does not leave an event half sent.
    let sending = |events: Vec<Event>| tokio::spawn(send::send(door, application, events));
    let answer = match arrived {
        Arrived::One(event) => {
            let receipts = sending(vec![*event]).await.map_err(|_| Problem::new("broken"))?;
            let receipts = receipts.map_err(|problem| Problem { event: None, ..problem })?;
            receipts.first().map(|receipt| shown(&key, receipt)).ok_or(Problem::new("broken"))?
        }
        Arrived::Many(events) => {
            let receipts = sending(events).await.map_err(|_| Problem::new("broken"))??;
            receipts.iter().map(|receipt| shown(&key, receipt)).collect()
        }
    };
    Ok((StatusCode::ACCEPTED, Json(answer)).into_response())
}

fn shown(key: &str, receipt: &Receipt) -> Value {
    json!({ "key": key, "epoch": receipt.epoch, "number": receipt.number, "index": receipt.index })
}
