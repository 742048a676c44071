//! A CloudEvent 1.0, as it travels through a hub: the text of the JSON event format.
//!
//! What an application sent as JSON is kept letter for letter; what came in headers is written down as JSON.
//! Sources: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md> and `formats/json-format.md`,
//! `bindings/http-protocol-binding.md` beside it.

mod attribute;
mod binary;
mod content;
mod deliver;
mod fault;
mod header;
mod members;
mod read;
mod text;

pub use content::Content;
pub(super) use content::first_half;
pub use deliver::{Delivered, Deliverer};
pub use fault::Fault;
pub(super) use fault::PROBLEMS;
pub(super) use text::is_utf8;

use crate::envelope::Message;
use crate::time::{Span, Time};
use bytes::Bytes;

/// The media type of an event.
pub const EVENT: &str = "application/cloudevents+json";

/// The media type of a list of events.
pub const BATCH: &str = "application/cloudevents-batch+json";

/// The most bytes of an event as it arrives: what whoever passes events on has to take, and what no one must exceed.
pub const EVENT_MOST: usize = 64 * 1024;

/// An event that keeps all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// In the JSON event format.
    pub text: String,
    /// A hash of what it says, however it is written.
    pub content: Content,
    /// `id`.
    pub id: String,
    /// `source`.
    pub source: String,
    /// `type`.
    pub kind: String,
    /// `expirytime`: when it is not worth delivering any more.
    pub expires: Option<Time>,
}

impl Event {
    /// As a message, which takes its text.
    pub fn take_message(&mut self) -> Message {
        Message { media_type: EVENT.to_owned(), body: Bytes::from(std::mem::take(&mut self.text)) }
    }

    /// How many seconds it is worth delivering; 0 for as long as it is kept, `None` if it is too late already.
    pub fn ttl(&self, now: Time) -> Option<u32> {
        let Some(expires) = self.expires else { return Some(0) };
        let left = expires.since(now).0.div_ceil(Span::seconds(1).0);
        // What lives longer than any log is kept for as long as the log keeps it.
        if left == 0 { None } else { Some(u32::try_from(left).unwrap_or(0)) }
    }
}

/// Whether a message is an event, by its media type.
pub fn is_event(message: &Message) -> bool {
    let essence = message.media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(EVENT)
}

#[cfg(test)]
mod tests;
