//! A message on its way to an application, as an event that says which one it is.

use super::members::Members;
use super::text::is_media_type;
use super::{Event, is_event};
use crate::envelope::{Envelope, Message};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde_json::json;

/// The type of the event that carries a message of another media type.
const MESSAGE: &str = "com.anuko.hub.message.v1";

/// The attributes that the hub adds. What a sender wrote under these names is not delivered: only the hub knows.
const OURS: [&str; 4] = ["hubkey", "hubepoch", "hubnumber", "hubindex"];

/// A message of an envelope as an event. `index`: its place in the envelope.
pub fn delivered(envelope: &Envelope, index: u16, message: &Message) -> Event {
    let sent = std::str::from_utf8(&message.body).ok().filter(|_| is_event(message));
    let event = sent.and_then(|text| Event::structured(text).ok());
    let mut event = event.unwrap_or_else(|| wrapped(envelope, index, message));
    event.text = marked(&event.text, envelope, index);
    event
}

/// Puts the hub's own attributes behind those of the sender, whose text stays as it is.
fn marked(text: &str, envelope: &Envelope, index: u16) -> String {
    // It was read before.
    let members = serde_json::from_str(text).map_or(Vec::new(), |Members(members)| members);
    let kept = members.iter().filter(|(name, _)| !OURS.contains(&name.as_str()));
    let mut marked = String::with_capacity(text.len() + 160);
    marked.push('{');
    for (name, value) in kept {
        // Names of attributes need no escapes.
        marked.push_str(&format!("\"{name}\":{},", value.get()));
    }
    let (stream, number) = (envelope.stream(), envelope.number());
    // Epoch and number are text: an integer of an attribute has only 32 bits.
    marked.push_str(&format!(
        "\"hubkey\":\"{}\",\"hubepoch\":\"{}\",\"hubnumber\":\"{number}\",\"hubindex\":{index}}}",
        stream.origin, stream.epoch
    ));
    marked
}

fn wrapped(envelope: &Envelope, index: u16, message: &Message) -> Event {
    let stream = envelope.stream();
    let (id, source) =
        (format!("{}-{}-{index}", stream.epoch, envelope.number()), format!("hub:{}", stream.origin));
    let known = is_media_type(&message.media_type);
    let media_type = if known { message.media_type.as_str() } else { "application/octet-stream" };
    let micros = i64::try_from(envelope.time().0).unwrap_or(i64::MAX);
    let time = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX);
    let text = json!({
        "specversion": "1.0", "type": MESSAGE, "source": source, "id": id, "time": time.to_string(),
        "datacontenttype": media_type, "data_base64": BASE64_STANDARD.encode(&message.body),
    });
    Event { text: text.to_string(), id, source, kind: MESSAGE.to_owned(), expires: None }
}
