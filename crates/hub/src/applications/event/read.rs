//! Reading the JSON event format.

use super::Event;
use super::attribute::{Known, check_name};
use super::fault::Fault;
use super::members::Members;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashSet;

impl Event {
    /// Takes an event that is a JSON object. Its text stays as it is.
    pub fn structured(text: &str) -> Result<Event, Fault> {
        let text = text.trim();
        let Members(members) = serde_json::from_str(text).map_err(|_| Fault::new("", "wrong_type"))?;
        check_names(&members)?;
        let mut known = Known::default();
        for (name, value) in &members {
            if !matches!(name.as_str(), "data" | "data_base64") {
                take_attribute(&mut known, name, value)?;
            }
        }
        check_data(&members, &known)?;
        known.event(text.to_owned())
    }
}

fn check_names(members: &[(String, &RawValue)]) -> Result<(), Fault> {
    let mut seen = HashSet::new();
    for (name, _) in members {
        if !matches!(name.as_str(), "data" | "data_base64") {
            check_name(name)?;
        }
        if !seen.insert(name) {
            return Err(Fault::new(name, "twice"));
        }
    }
    Ok(())
}

/// An attribute that is `null` is one that is not there.
fn take_attribute(known: &mut Known, name: &str, value: &RawValue) -> Result<(), Fault> {
    let value: Value = serde_json::from_str(value.get()).map_err(|_| Fault::new(name, "wrong_type"))?;
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
        Value::String(text) => known.take(name, text),
        Value::Bool(_) if !is_defined => Ok(()),
        Value::Number(number) if !is_defined && is_integer(&number) => Ok(()),
        _ => Err(Fault::new(name, "wrong_type")),
    }
}

fn is_integer(number: &serde_json::Number) -> bool {
    number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
}

fn check_data(members: &[(String, &RawValue)], known: &Known) -> Result<(), Fault> {
    let find = |wanted: &str| members.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.get());
    let base64 = find("data_base64").filter(|text| *text != "null");
    let data = find("data");
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
