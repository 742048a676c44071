//! Brings events to one receiver, one delivery after the other, so that each origin's come in order.

use super::super::Door;
use super::super::carrier::{Place, Placed};
use super::delivery::Delivery;
use super::schedule::{Next, Outcome};
use super::table::{self, State, Webhook};
use crate::outgoing::{CallError, Reply};
use crate::time::{Span, Time};
use http::StatusCode;
use http::header::RETRY_AFTER;
use journal::Error;
use std::sync::Arc;

/// How many envelopes are looked up together.
const MANY: usize = 256;

/// Where nothing is wanted the position is written down only this often.
const STRIDE: Place = 10_000;

/// Whoever brings events to one receiver.
pub(super) struct Courier {
    door: Arc<Door>,
    webhook: Webhook,
    /// The place that is written down.
    kept: Place,
    /// What was read and has not been dealt with: one delivery needs only some of it.
    read: Vec<Placed>,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The same again, now.
    Again,
    /// The same again when there is news.
    Idle,
    /// The same again, but not before.
    Until(Time),
    /// Nothing any more.
    Over,
}

impl Courier {
    pub(super) fn new(door: &Arc<Door>, webhook: Webhook) -> Courier {
        let kept = webhook.spot.after;
        Courier { door: door.clone(), webhook, kept, read: Vec::new() }
    }

    /// One delivery, if one is due and something waits.
    pub(super) async fn step(&mut self) -> Result<Step, Error> {
        let Some(application) = self.door.tokens.by_id(self.webhook.token) else { return Ok(Step::Over) };
        let now = self.door.clock.now();
        if now < self.webhook.retry.due {
            return Ok(Step::Until(self.webhook.retry.due));
        }
        self.read_on().await?;
        let most = if self.webhook.tried > 0 { self.webhook.tried } else { self.webhook.batch };
        let delivery = Delivery::gather(&self.webhook, &application.key, &self.read, usize::from(most), now);
        match delivery.end {
            None => Ok(Step::Idle),
            Some(_) if delivery.events.is_empty() => self.pass_over(&delivery).await,
            Some(_) => self.deliver(&delivery, now).await,
        }
    }

    /// Reads on once everything is dealt with that was read before.
    async fn read_on(&mut self) -> Result<(), Error> {
        let (spot, after) = (self.webhook.spot, self.webhook.spot.after);
        self.read.retain(|(place, read)| *place > after && spot.seen(*place) < read.message_count());
        if self.read.is_empty() {
            self.read = self.door.carrier.read_after(after, MANY).await?;
        }
        Ok(())
    }

    async fn pass_over(&mut self, delivery: &Delivery) -> Result<Step, Error> {
        self.webhook.spot = delivery.end.unwrap_or(self.webhook.spot);
        if self.webhook.spot.after - self.kept >= STRIDE {
            self.write_down(Step::Again).await
        } else {
            Ok(Step::Again)
        }
    }

    async fn deliver(&mut self, delivery: &Delivery, now: Time) -> Result<Step, Error> {
        let (outcome, error) = match delivery.request(&self.webhook, &self.door.policy.own_name, now) {
            Ok(request) => judge(self.door.caller.call(request).await, now),
            Err(error) => (Outcome::Failed { retry_after: None }, Some(error.to_string())),
        };
        let now = self.door.clock.now();
        self.settle(delivery, outcome, error, now);
        let step = if self.webhook.state == State::Active { Step::Again } else { Step::Over };
        self.write_down(step).await
    }

    fn settle(&mut self, delivery: &Delivery, outcome: Outcome, error: Option<String>, now: Time) {
        let webhook = &mut self.webhook;
        webhook.tried = delivery.events.len() as u16;
        if outcome == Outcome::Delivered {
            webhook.delivered += delivery.events.len() as u64;
            webhook.spot = delivery.end.unwrap_or(webhook.spot);
            webhook.tried = 0;
        }
        if let Some(error) = error {
            webhook.error = Some((now, error));
        }
        let (schedule, chance) = (&self.door.policy.retry_seconds, (self.door.chance.number() >> 32) as u32);
        match webhook.retry.after(outcome, now, schedule, webhook.rate, chance) {
            Next::Go(retry) => webhook.retry = retry,
            Next::Deactivated => webhook.state = State::Deactivated,
            Next::Gone => webhook.state = State::Gone,
        }
        if webhook.state != State::Active {
            let (url, state) = (&webhook.url, webhook.state.word());
            tracing::warn!(webhook = webhook.id, %url, "a webhook is {state}: no more deliveries until a new handshake");
        }
    }

    async fn write_down(&mut self, step: Step) -> Result<Step, Error> {
        let row = self.webhook.clone();
        let is_there = self.door.journal.write(move |tx| table::change(tx, &row)).await?;
        self.kept = self.webhook.spot.after;
        Ok(if is_there { step } else { Step::Over })
    }
}

/// What an answer means, and the error in words.
fn judge(answer: Result<Reply, CallError>, now: Time) -> (Outcome, Option<String>) {
    let reply = match answer {
        Ok(reply) => reply,
        Err(error) => return (Outcome::Failed { retry_after: None }, Some(error.to_string())),
    };
    let words = || Some(format!("the receiver answered {}", reply.status));
    match reply.status {
        status if status.is_success() => (Outcome::Delivered, None),
        StatusCode::GONE => (Outcome::Gone, words()),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            (Outcome::Failed { retry_after: retry_after(&reply, now) }, words())
        }
        // A redirect, too, is none of our affair: the address has to be registered anew.
        _ => (Outcome::Failed { retry_after: None }, words()),
    }
}

/// `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3).
fn retry_after(reply: &Reply, now: Time) -> Option<Span> {
    let text = reply.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Span::seconds(u64::min(seconds, 1_000_000)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let since = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Time(since.as_micros() as u64).since(now))
}

#[cfg(test)]
mod tests;
