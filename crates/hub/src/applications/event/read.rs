//! Reading the JSON event format.

use super::Event;
use super::attribute::{Known, check_name};
use super::content::content;
use super::fault::Fault;
use super::members::{Members, plain};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use std::borrow::Cow;

impl Event {
    /// Takes an event that is a JSON object. Its text stays as it is.
    pub fn structured(text: &str) -> Result<Event, Fault> {
        let text = text.trim();
        let (known, members) = read(text)?;
        known.event(text.to_owned(), content(&members))
    }
}

/// What the hub needs of an event, and its members, if they keep all rules but that none is missing.
pub(super) fn read(text: &str) -> Result<(Known, Members<'_>), Fault> {
    let members: Members<'_> = serde_json::from_str(text).map_err(|_| Fault::new("", "wrong_type"))?;
    check_names(&members)?;
    let mut known = Known::default();
    for (name, value) in members.0.iter().filter(|(name, _)| !is_data(name)) {
        take_attribute(&mut known, name, value.get())?;
    }
    check_data(&members, &known)?;
    Ok((known, members))
}

pub(super) fn is_data(name: &str) -> bool {
    matches!(name, "data" | "data_base64")
}

fn check_names(members: &Members<'_>) -> Result<(), Fault> {
    let mut names: Vec<&str> = members.0.iter().map(|(name, _)| name.as_ref()).collect();
    names.iter().filter(|name| !is_data(name)).try_for_each(|name| check_name(name))?;
    names.sort_unstable();
    match names.windows(2).find(|two| two[0] == two[1]) {
        Some(two) => Err(Fault::new(two[0], "twice")),
        None => Ok(()),
    }
}

/// An attribute that is `null` is one that is not there.
fn take_attribute(known: &mut Known, name: &str, json: &str) -> Result<(), Fault> {
    if let Some(text) = plain(json) {
        return known.take(name, Cow::Borrowed(text));
    }
    let value: Value = serde_json::from_str(json).map_err(|_| Fault::new(name, "wrong_type"))?;
    let is_defined = matches!(
        name,
        "id" | "source"
            | "type"
            | "specversion"
            | "datacontenttype"
            | "dataschema"
            | "subject"
            | "time"
            | "expirytime"
    );
    match value {
        Value::Null => Ok(()),
        Value::String(text) => known.take(name, Cow::Owned(text)),
        Value::Bool(_) if !is_defined => Ok(()),
        Value::Number(number) if !is_defined && is_integer(&number) => Ok(()),
        _ => Err(Fault::new(name, "wrong_type")),
    }
}

fn is_integer(number: &serde_json::Number) -> bool {
    number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
}

fn check_data(members: &Members<'_>, known: &Known) -> Result<(), Fault> {
    let base64 = members.find("data_base64").filter(|text| *text != "null");
    let data = members.find("data");
    if data.is_some() && base64.is_some() {
        return Err(Fault::new("data_base64", "not_alone"));
    }
    if let Some(text) = base64 {
        let text: String = serde_json::from_str(text).map_err(|_| Fault::new("data_base64", "not_base64"))?;
        BASE64_STANDARD.decode(text).map_err(|_| Fault::new("data_base64", "not_base64"))?;
    }
    let is_text = data.is_none_or(|text| text.starts_with('"') || text == "null");
    if is_text || known.has_json() { Ok(()) } else { Err(Fault::new("data", "wrong_type")) }
}
