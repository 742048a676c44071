//! Messages on their way to an application, as events that say which ones they are.

use super::attribute::{Complete, Known};
use super::is_event;
use super::members::Members;
use super::read::read;
use super::text::is_media_type;
use crate::envelope::{Envelope, Message};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde_json::json;

/// The type of the event that carries a message of another media type.
const MESSAGE: &str = "com.anuko.hub.message.v1";

/// The attributes that the hub adds. What a sender wrote under these names is not delivered: only the hub knows.
const OURS: [&str; 4] = ["hubkey", "hubepoch", "hubnumber", "hubindex"];

/// An event as an application gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// In the JSON event format, with the attributes of the hub.
    pub text: String,
    /// `source`.
    pub source: String,
    /// `type`.
    pub kind: String,
}

/// Makes events of the messages of an envelope.
pub struct Deliverer<'a> {
    envelope: &'a Envelope,
    /// The hub's own attributes, but for the index.
    marks: String,
}

impl<'a> Deliverer<'a> {
    /// For the messages of an envelope.
    pub fn of(envelope: &'a Envelope) -> Deliverer<'a> {
        let (stream, number) = (envelope.stream(), envelope.number());
        // Epoch and number are text: an integer of an attribute has only 32 bits.
        let marks = format!(
            "\"hubkey\":\"{}\",\"hubepoch\":\"{}\",\"hubnumber\":\"{number}\",\"hubindex\":",
            stream.origin, stream.epoch
        );
        Deliverer { envelope, marks }
    }

    /// One message as an event. `index`: its place in the envelope.
    pub fn event(&self, index: u16, message: &Message) -> Delivered {
        let text = std::str::from_utf8(&message.body).ok().filter(|_| is_event(message));
        let event = text.and_then(|text| {
            let (known, members) = read(text).ok()?;
            self.marked(known, &members, index)
        });
        event.unwrap_or_else(|| self.wrapped(index, message))
    }

    /// Puts the hub's own attributes behind those of the sender, whose text stays as it is.
    fn marked(&self, known: Known, members: &Members<'_>, index: u16) -> Option<Delivered> {
        let Complete { source, kind, .. } = known.complete().ok()?;
        let kept = || members.0.iter().filter(|(name, _)| !OURS.contains(&name.as_ref()));
        let length: usize = kept().map(|(name, value)| name.len() + value.get().len() + 4).sum();
        let mut text = String::with_capacity(length + self.marks.len() + 8);
        text.push('{');
        for (name, value) in kept() {
            // Names of attributes need no escapes.
            ["\"", name, "\":", value.get(), ","].into_iter().for_each(|piece| text.push_str(piece));
        }
        text.push_str(&self.marks);
        text.push_str(&index.to_string());
        text.push('}');
        Some(Delivered { text, source, kind })
    }

    fn wrapped(&self, index: u16, message: &Message) -> Delivered {
        let (stream, number) = (self.envelope.stream(), self.envelope.number());
        let known = is_media_type(&message.media_type);
        let media_type = if known { message.media_type.as_str() } else { "application/octet-stream" };
        let micros = i64::try_from(self.envelope.time().0).unwrap_or(i64::MAX);
        let time = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX);
        let source = format!("hub:{}", stream.origin);
        let text = json!({
            "specversion": "1.0", "type": MESSAGE, "source": source, "time": time.to_string(),
            "id": format!("{}-{number}-{index}", stream.epoch),
            "datacontenttype": media_type, "data_base64": BASE64_STANDARD.encode(&message.body),
            "hubkey": stream.origin.to_string(), "hubepoch": stream.epoch.to_string(),
            "hubnumber": number.to_string(), "hubindex": index,
        });
        Delivered { text: text.to_string(), source, kind: MESSAGE.to_owned() }
    }
}
