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
use serde::Serialize;
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
    Ok(match arrived {
        Arrived::One(event) => {
            let receipts = sending(vec![*event]).await.map_err(|_| Problem::new("broken"))?;
            let receipts = receipts.map_err(|problem| Problem { event: None, ..problem })?;
            let first = receipts.first().ok_or(Problem::new("broken"))?;
            accepted(&Shown::of(&key, first))
        }
        Arrived::Many(events) => {
            let receipts = sending(events).await.map_err(|_| Problem::new("broken"))??;
            accepted(&receipts.iter().map(|receipt| Shown::of(&key, receipt)).collect::<Vec<_>>())
        }
    })
}

fn accepted(answer: &impl Serialize) -> Response {
    (StatusCode::ACCEPTED, Json(answer)).into_response()
}

/// Where an event stands, as its sender is told.
#[derive(Serialize)]
struct Shown<'a> {
    key: &'a str,
    epoch: u64,
    number: u64,
    index: u16,
}

impl Shown<'_> {
    fn of<'a>(key: &'a str, receipt: &Receipt) -> Shown<'a> {
        let Receipt { epoch, number, index } = *receipt;
        Shown { key, epoch, number, index }
    }
}
