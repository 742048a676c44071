//! What an attribute may be called, and what it may hold.

use super::fault::Fault;
use super::text::{is_media_type, is_plain, time};
use super::{Content, Event};
use crate::time::Time;
use fluent_uri::{Uri, UriRef};
use std::borrow::Cow;

/// Looks at a name.
pub(super) fn check_name(name: &str) -> Result<(), Fault> {
    let good = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    // The binding to HTTP reserves `data`; members with that name were taken out before.
    let is_name = !name.is_empty() && name != "data" && name.bytes().all(good);
    if is_name { Ok(()) } else { Err(Fault::new(name, "not_a_name")) }
}

/// Looks at the text of an attribute, by what its definition asks.
pub(super) fn check_text(name: &str, text: &str) -> Result<(), Fault> {
    if !is_plain(text) {
        return Err(Fault::new(name, "disallowed_characters"));
    }
    let never_empty = matches!(
        name,
        "id" | "source" | "type" | "specversion" | "subject" | "dataschema" | "datacontenttype" | "time"
    );
    if text.is_empty() && never_empty {
        return Err(Fault::new(name, "empty"));
    }
    let problem = match name {
        "specversion" if text != "1.0" => "not_1_0",
        "source" if UriRef::parse(text).is_err() => "not_a_uri_reference",
        "dataschema" if Uri::parse(text).is_err() => "not_a_uri",
        "datacontenttype" if !is_media_type(text) => "not_a_media_type",
        "time" | "expirytime" if time(text).is_none() => "not_a_time",
        _ => return Ok(()),
    };
    Err(Fault::new(name, problem))
}

/// What the hub itself needs of an event, as far as it was read.
#[derive(Default)]
pub(super) struct Known {
    pub(super) id: Option<String>,
    pub(super) source: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) specversion: bool,
    pub(super) datacontenttype: Option<String>,
    pub(super) expires: Option<Time>,
}

impl Known {
    /// Checks an attribute that is text, and remembers it if the hub needs it.
    pub(super) fn take(&mut self, name: &str, text: Cow<'_, str>) -> Result<(), Fault> {
        check_text(name, &text)?;
        match name {
            "id" => self.id = Some(text.into_owned()),
            "source" => self.source = Some(text.into_owned()),
            "type" => self.kind = Some(text.into_owned()),
            "specversion" => self.specversion = true,
            "datacontenttype" => self.datacontenttype = Some(text.into_owned()),
            "expirytime" => self.expires = time(&text),
            _ => {}
        }
        Ok(())
    }

    /// Whether the data of the event is JSON; it is if nothing else is said.
    pub(super) fn has_json(&self) -> bool {
        self.datacontenttype.as_deref().is_none_or(super::text::is_json)
    }

    /// The same, if nothing is missing.
    pub(super) fn complete(self) -> Result<Complete, Fault> {
        if !self.specversion {
            return Err(Fault::new("specversion", "missing"));
        }
        let there = |name: &str, value: Option<String>| value.ok_or_else(|| Fault::new(name, "missing"));
        Ok(Complete {
            id: there("id", self.id)?,
            source: there("source", self.source)?,
            kind: there("type", self.kind)?,
            expires: self.expires,
        })
    }

    /// The event, if nothing is missing.
    pub(super) fn event(self, text: String, content: Content) -> Result<Event, Fault> {
        let Complete { id, source, kind, expires } = self.complete()?;
        Ok(Event { text, content, id, source, kind, expires })
    }
}

/// What the hub itself needs of an event.
pub(super) struct Complete {
    pub(super) id: String,
    pub(super) source: String,
    pub(super) kind: String,
    pub(super) expires: Option<Time>,
}
