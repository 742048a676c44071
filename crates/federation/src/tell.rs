//! What this site tells others: who it is, what is listed here, what is decided here, and the bids of its people.

mod announce;
mod book;
mod introduce;
mod post;
mod rule;
mod send;

pub(crate) use book::Book;

use crate::wire::{Body, Event, Line};
use auction::Time;
use market::Refusal;
use store::{Tx, outgoing};

/// Writes a message down for the hub; gives the value of `data` in it, byte for byte. `id` names the event on this site.
fn write_down(
    tx: &mut Tx<'_>,
    auction: Option<i64>,
    id: &str,
    body: Body,
    ttl: u32,
    now: Time,
) -> Result<String, Refusal> {
    let word = body.word();
    let written = event(id, body)?;
    let text = std::str::from_utf8(&written.message.body).map_err(|error| unwritable(&error))?;
    outgoing::append(tx, auction, word, text, ttl, now)?;
    Ok(written.data)
}

/// A message with its event around it.
fn event(id: &str, body: Body) -> Result<crate::wire::Written, Refusal> {
    let event = Event { id: Line::cut(id), source: Line::cut("/"), time: None, body };
    event.write().map_err(|error| unwritable(&error))
}

pub(crate) fn unwritable(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::Failed(format!("a message cannot be written: {error}"))
}
