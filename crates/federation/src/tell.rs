//! What this site tells others: who it is and that it is there, what is listed here, what is decided here, and the bids of
//! its people; what it asks them, and what it answers.

mod announce;
mod answer;
mod book;
mod introduce;
mod outcome;
mod post;
mod pulse;
mod rule;
mod send;
mod want;

pub(crate) use book::Book;
pub(crate) use outcome::{Bidding, Outcome};

use crate::wire::{Body, Event, Line, Written};
use auction::Time;
use market::Refusal;
use store::{Tx, outgoing};

/// Writes a message down for the hub; gives it as it is sent. `id` names the event on this site.
fn write_down(
    tx: &mut Tx<'_>,
    auction: Option<i64>,
    id: &str,
    body: Body,
    ttl: u32,
    now: Time,
) -> Result<Written, Refusal> {
    let word = body.word();
    let written = event(id, body)?;
    outgoing::append(tx, auction, word, text(&written)?, ttl, now)?;
    Ok(written)
}

/// The event as text.
fn text(written: &Written) -> Result<&str, Refusal> {
    std::str::from_utf8(&written.message.body).map_err(|error| unwritable(&error))
}

/// A message with its event around it.
fn event(id: &str, body: Body) -> Result<Written, Refusal> {
    let event = Event { id: Line::cut(id), source: Line::cut("/"), time: None, body };
    event.write().map_err(|error| unwritable(&error))
}

pub(crate) fn unwritable(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::Failed(format!("a message cannot be written: {error}"))
}
