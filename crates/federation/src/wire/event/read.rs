//! Reading: what is unknown is passed over, what is known must be right.

use super::body::is_known;
use super::{Body, EVENT_MOST, Event, Received};
use crate::wire::malformed::{Malformed, expect, parse};
use crate::wire::{Line, Text};
use hub::Message;
use hub::applications::event::is_event;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Only what tells whether the event is ours. Types are longer than this only if they are not.
#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    r#type: Text<256>,
}

/// The attributes of an event.
#[derive(Deserialize)]
struct Frame<'a> {
    specversion: Text<16>,
    id: Line<256>,
    source: Line<500>,
    #[serde(default)]
    time: Option<Line<64>>,
    #[serde(default)]
    datacontenttype: Option<Text<256>>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// Reads a message. `None` for what is no event in JSON and for events of other types; unknown members are passed
/// over. An error names the field that is not right.
pub fn read(message: &Message) -> Result<Option<Received>, Malformed> {
    if is_event(message) { read_json(&message.body) } else { Ok(None) }
}

fn read_json(bytes: &[u8]) -> Result<Option<Received>, Malformed> {
    let Some((kind, text)) = kind(bytes) else { return Ok(None) };
    expect(bytes.len() <= EVENT_MOST, "", "more than 64 KiB")?;
    let frame: Frame<'_> = parse(text)?;
    expect(frame.specversion.as_str() == "1.0", "specversion", "not 1.0")?;
    expect(!frame.id.as_str().is_empty(), "id", "empty")?;
    expect(!frame.source.as_str().is_empty(), "source", "empty")?;
    expect(frame.datacontenttype.is_none_or(|kind| is_json(kind.as_str())), "datacontenttype", "not JSON")?;
    let data = frame.data.ok_or_else(|| Malformed::new("data", "missing"))?.get();
    let Some(body) = Body::read(kind.as_str(), data) else { return Ok(None) };
    let body = body.and_then(Body::checked).map_err(|wrong| wrong.within("data"))?;
    let event = Event { id: frame.id, source: frame.source, time: frame.time, body };
    Ok(Some(Received { event, data: data.to_owned() }))
}

/// The type, if it is one of ours.
fn kind(bytes: &[u8]) -> Option<(Text<256>, &str)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let Kind { r#type: kind } = serde_json::from_str(text).ok()?;
    is_known(kind.as_str()).then_some((kind, text))
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}
