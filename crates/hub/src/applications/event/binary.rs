//! Reading an event whose attributes are headers and whose data is the body (HTTP binding, 3.1).

use super::Event;
use super::attribute::{Known, check_name, check_text};
use super::content::content;
use super::fault::Fault;
use super::header::decode;
use super::members::Members;
use super::text::{is_json, is_text, is_utf8};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

const PREFIX: &str = "ce-";

impl Event {
    /// Takes an event from headers and body, and writes it down as JSON.
    pub fn binary(headers: &HeaderMap, body: &[u8]) -> Result<Event, Fault> {
        let (mut known, mut text) = (Known::default(), String::from("{"));
        // In one order, whatever order a proxy gave the headers: the same event has the same text.
        let names: BTreeSet<&str> =
            headers.keys().filter_map(|name| name.as_str().strip_prefix(PREFIX)).collect();
        for attribute in names {
            let value = attribute_value(headers, attribute)?;
            put(&mut text, attribute, &quoted(&value));
            known.take(attribute, value.into())?;
        }
        if let Some(value) = content_type(headers)? {
            put(&mut text, "datacontenttype", &quoted(&value));
            known.take("datacontenttype", value.into())?;
        }
        if !body.is_empty() {
            let (name, value) = data(body, known.datacontenttype.as_deref());
            put(&mut text, name, &value);
        }
        text.push('}');
        let members: Members<'_> = serde_json::from_str(&text).map_err(|_| Fault::new("", "wrong_type"))?;
        let content = content(&members);
        known.event(text, content)
    }

    /// The bytes of an event on the wire: its data and its attributes.
    pub fn binary_size(headers: &HeaderMap, body: &[u8]) -> usize {
        let ours = headers.iter().filter(|(name, _)| name.as_str().starts_with(PREFIX));
        body.len() + ours.map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
    }
}

fn attribute_value(headers: &HeaderMap, attribute: &str) -> Result<String, Fault> {
    check_name(attribute)?;
    if attribute == "datacontenttype" {
        // It is the header `Content-Type`.
        return Err(Fault::new(attribute, "not_alone"));
    }
    let mut values = headers.get_all(format!("{PREFIX}{attribute}")).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => understood(attribute, value),
        _ => Err(Fault::new(attribute, "twice")),
    }
}

/// Senders that do not encode for the header send a URI as it is, and its own codes must stay. Those that do encode are
/// read as the binding says: what they mean is a URI only after decoding, or both ways the same.
fn understood(attribute: &str, value: &HeaderValue) -> Result<String, Fault> {
    let decoded = decode(attribute, value.as_bytes());
    let raw = value.to_str().ok().filter(|_| matches!(attribute, "source" | "dataschema"));
    let is_good = |text: &str| check_text(attribute, text).is_ok();
    match raw {
        Some(raw) if is_good(raw) && !decoded.as_deref().is_ok_and(is_good) => Ok(raw.to_owned()),
        _ => decoded,
    }
}

fn content_type(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let Some(value) = headers.get(CONTENT_TYPE) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Fault::new("datacontenttype", "not_a_media_type"))?;
    Ok(Some(text.to_owned()))
}

fn put(text: &mut String, name: &str, value: &str) {
    let comma = if text.len() > 1 { "," } else { "" };
    text.push_str(&format!("{comma}\"{name}\":{value}"));
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The data as a member: JSON as JSON, text as text, everything else in base64, always so that the same bytes come out
/// again. Without a media type nobody knows what it is.
fn data(body: &[u8], media_type: Option<&str>) -> (&'static str, String) {
    let base64 = || ("data_base64", quoted(&BASE64_STANDARD.encode(body)));
    let (Ok(text), Some(media_type)) = (std::str::from_utf8(body), media_type) else { return base64() };
    if is_json(media_type) && is_utf8(media_type) {
        let json: Result<&RawValue, _> = serde_json::from_str(text);
        return json.map_or_else(|_| base64(), |json| ("data", json.get().to_owned()));
    }
    let written = quoted(text);
    // Text full of control characters would grow sixfold.
    if is_text(media_type) && written.len() < body.len() * 4 / 3 + 8 { ("data", written) } else { base64() }
}
