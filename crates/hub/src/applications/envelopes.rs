//! `GET /v1/envelopes/{key}/{epoch}/{number}`: an envelope as it was received, for who checks signatures himself.

use super::Door;
use super::caller::Caller;
use super::problem::Problem;
use crate::envelope::{SIGNED_AS, StreamId};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

pub(super) async fn envelope(
    State(door): State<Arc<Door>>,
    _: Caller,
    Path((key, epoch, number)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let nothing = || Problem::new("not_found");
    let origin = key.parse().map_err(|_| nothing())?;
    let stream = StreamId { origin, epoch: epoch.parse().map_err(|_| nothing())? };
    let number = number.parse().map_err(|_| nothing())?;
    let envelope = door.carrier.envelope(stream, number).await?.ok_or_else(nothing)?;
    // What is signed never changes.
    let headers = [(CONTENT_TYPE, SIGNED_AS), (CACHE_CONTROL, "private, max-age=86400, immutable")];
    Ok((headers, envelope.bytes().clone()).into_response())
}
