//! Writing: nothing leaves that others could not read.

use super::{EVENT_MOST, Event, read::read};
use crate::wire::malformed::{Malformed, expect};
use hub::Message;
use hub::applications::event::EVENT;
use serde::Serialize;
use serde_json::value::RawValue;

/// An event that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What a hub takes.
    pub message: Message,
    /// The value of `data` in it, byte for byte.
    pub data: String,
}

/// The members in the order in which they are written.
#[derive(Serialize)]
struct Frame<'a> {
    specversion: &'static str,
    id: &'a str,
    source: &'a str,
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'a str>,
    datacontenttype: &'static str,
    data: &'a RawValue,
}

impl Event {
    /// Writes the event. Fails for what [`read`] would refuse, with the field named: a number out of bounds, more
    /// than 64 KiB, fields that contradict each other.
    pub fn write(&self) -> Result<Written, Malformed> {
        let broken = |error: serde_json::Error| Malformed::new("data", error.to_string());
        let data = RawValue::from_string(self.body.data()?).map_err(broken)?;
        let frame = Frame {
            specversion: "1.0",
            id: self.id.as_str(),
            source: self.source.as_str(),
            r#type: &self.body.kind(),
            time: self.time.as_ref().map(|time| time.as_str()),
            datacontenttype: "application/json",
            data: &data,
        };
        let text = serde_json::to_string(&frame).map_err(broken)?;
        expect(text.len() <= EVENT_MOST, "", "more than 64 KiB")?;
        let message = Message { media_type: EVENT.to_owned(), body: text.into() };
        read(&message)?;
        Ok(Written { message, data: data.get().to_owned() })
    }
}
