//! Registering a webhook, or asking its receiver again.

use super::super::Door;
use super::super::caller::Caller;
use super::super::messages::Spot;
use super::super::problem::Problem;
use super::super::tokens::Application;
use super::handshake::{Permission, Question, ask};
use super::schedule::Retry;
use super::shown::shown;
use super::signature::Secret;
use super::table::{self, State, Webhook};
use super::wish::Wish;
use crate::key::hex;
use crate::outgoing::CallError;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State as Given;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Registers an address. One that is registered already is asked for permission again: the way back after it was
/// deactivated.
pub(in super::super) async fn register(
    Given(door): Given<Arc<Door>>,
    Caller(application): Caller,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let wish = Wish::read(&body.map_err(|_| Problem::new("too_large"))?)?;
    let token = application.id;
    let known = door.journal.read(move |tx| table::of_token(tx, token)).await?;
    let count = known.len() as u64;
    match known.into_iter().find(|webhook| webhook.url == wish.url) {
        Some(webhook) => again(&door, webhook, &wish).await,
        None if count >= door.policy.webhooks_per_token => Err(Problem::new("too_many_webhooks")),
        None => first(&door, &application, &wish).await,
    }
}

async fn first(door: &Arc<Door>, application: &Application, wish: &Wish) -> Result<Response, Problem> {
    let (key, now) = (hex(&door.chance.secret()), door.clock.now());
    let newest = *door.carrier.news().borrow();
    let mut webhook = Webhook {
        id: 0,
        token: application.id,
        url: wish.url.clone(),
        secret: Secret::new(door.chance.secret()),
        filter: wish.filter.clone(),
        batch: wish.batch,
        state: State::Asked,
        confirm: Sha256::digest(&key).into(),
        rate: wish.rate,
        spot: if wish.from_oldest { Spot::OLDEST } else { Spot::behind(newest) },
        tried: 0,
        retry: Retry { attempts: 0, due: now },
        delivered: 0,
        error: None,
        created_at: now,
    };
    let row = webhook.clone();
    webhook.id = door.journal.write(move |tx| table::add(tx, &row)).await?;
    if let Err(problem) = handshake(door, &mut webhook, wish, &key).await {
        let id = webhook.id;
        door.journal.write(move |tx| table::delete(tx, id)).await?;
        return Err(problem);
    }
    let mut answer = shown(&webhook);
    answer["secret"] = webhook.secret.reveal().into();
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

async fn again(door: &Arc<Door>, mut webhook: Webhook, wish: &Wish) -> Result<Response, Problem> {
    let key = hex(&door.chance.secret());
    door.couriers.stop(webhook.id);
    // What the courier wrote last counts, not what was read while it still went.
    let id = webhook.id;
    let newest = door.journal.read(move |tx| table::find(tx, id)).await?;
    webhook = newest.unwrap_or(webhook);
    (webhook.filter, webhook.batch) = (wish.filter.clone(), wish.batch);
    webhook.confirm = Sha256::digest(&key).into();
    let asked = handshake(door, &mut webhook, wish, &key).await;
    if webhook.state == State::Active && !matches!(asked, Ok(true)) {
        // That one call failed, or that the receiver has not decided anew, does not end what was agreed.
        door.couriers.start(door, webhook.clone());
    }
    asked?;
    Ok((StatusCode::OK, Json(shown(&webhook))).into_response())
}

/// Asks the receiver, and writes down what it said; `false` if it may still say yes later. The row is there before it is
/// asked: the callback may be faster.
async fn handshake(door: &Arc<Door>, webhook: &mut Webhook, wish: &Wish, key: &str) -> Result<bool, Problem> {
    let row = webhook.clone();
    door.journal.write(move |tx| table::change(tx, &row)).await?;
    let confirm = |page: &String| format!("{page}/v1/webhooks/{}/confirm?key={key}", webhook.id);
    let callback = door.policy.pages.as_ref().map(confirm);
    let question = Question { url: &wish.url, origin: &door.policy.own_name, callback, rate: wish.rate };
    match ask(&*door.caller, &question).await {
        Ok(Permission::Granted { rate }) => {
            webhook.rate = rate;
            super::confirm::activate(door, webhook).await.map(|()| true)
        }
        Ok(Permission::Withheld) => Ok(false),
        Err(CallError::NotAllowed(words)) => Err(Problem::because("address_not_allowed", words)),
        Err(CallError::Failed(words)) => Err(Problem::because("not_reached", words)),
    }
}
