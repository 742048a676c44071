//! `/v1/webhooks`: events for applications that have an address.
//!
//! Permission is asked for as the CloudEvents web hook specification says
//! (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md>), deliveries are signed as Standard
//! Webhooks says (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).

mod confirm;
mod courier;
mod couriers;
mod delivery;
mod handshake;
mod register;
mod schedule;
mod shown;
mod signature;
mod table;
mod wish;

pub(super) use confirm::confirm;
pub use couriers::Couriers;
pub(super) use register::register;
pub use schedule::{Next, Outcome, Retry};
pub use signature::{Secret, sign};
pub use table::{STATEMENTS, State, Webhook};

use super::Door;
use super::caller::Caller;
use super::problem::Problem;
use axum::Json;
use axum::extract::{Path, State as Given};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::sync::Arc;

/// Shows all webhooks of a token.
pub(super) async fn list(
    Given(door): Given<Arc<Door>>,
    Caller(application): Caller,
) -> Result<Json<Value>, Problem> {
    let token = application.id;
    let webhooks = door.journal.read(move |tx| table::of_token(tx, token)).await?;
    let webhooks: Vec<Value> = webhooks.iter().map(shown::shown).collect();
    Ok(Json(json!({ "webhooks": webhooks })))
}

/// Shows a webhook.
pub(super) async fn show(
    Given(door): Given<Arc<Door>>,
    Caller(application): Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let webhook = own(&door, application.id, &id).await?;
    Ok(Json(shown::shown(&webhook)))
}

/// Forgets a webhook.
pub(super) async fn delete(
    Given(door): Given<Arc<Door>>,
    Caller(application): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = own(&door, application.id, &id).await?.id;
    door.couriers.stop(id);
    door.journal.write(move |tx| table::delete(tx, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A webhook of this token; others are not there.
async fn own(door: &Door, token: i64, id: &str) -> Result<Webhook, Problem> {
    let id: i64 = id.parse().map_err(|_| Problem::new("not_found"))?;
    let found = door.journal.read(move |tx| table::find(tx, id)).await?;
    found.filter(|webhook| webhook.token == token).ok_or(Problem::new("not_found"))
}
