//! Permission that is given later, by a call back (web hook specification, 4.1.3).

use super::super::Door;
use super::super::problem::Problem;
use super::handshake::allowed_rate;
use super::schedule::Retry;
use super::table::{self, State, Webhook};
use axum::extract::{Path, RawQuery, State as Given};
use axum::http::HeaderMap;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Somebody opens the address that stood in the question: the receiver, or a person with a browser.
pub(in super::super) async fn confirm(
    Given(door): Given<Arc<Door>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<&'static str, Problem> {
    let id: i64 = id.parse().map_err(|_| Problem::new("not_found"))?;
    let found = door.journal.read(move |tx| table::find(tx, id)).await?;
    let mut webhook = found.ok_or(Problem::new("wrong_key"))?;
    let mut pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let key = pairs.find(|(name, _)| name == "key").map(|(_, key)| key.into_owned()).unwrap_or_default();
    // Hashes are compared, so that the time it takes tells nothing about the key.
    if webhook.confirm != *Sha256::digest(&key) {
        return Err(Problem::new("wrong_key"));
    }
    if webhook.state != State::Active {
        webhook.rate = allowed_rate(&headers).unwrap_or(webhook.rate);
        activate(&door, &mut webhook).await?;
    }
    Ok("Thank you. Events will be delivered.\n")
}

/// Deliveries begin, or go on where they ended.
pub(super) async fn activate(door: &Arc<Door>, webhook: &mut Webhook) -> Result<(), Problem> {
    webhook.state = State::Active;
    webhook.retry = Retry { attempts: 0, due: door.clock.now() };
    let row = webhook.clone();
    door.journal.write(move |tx| table::change(tx, &row)).await?;
    door.couriers.start(door, webhook.clone());
    Ok(())
}
