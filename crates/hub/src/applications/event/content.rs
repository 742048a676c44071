//! What an event says, however it is written: the same in headers and as JSON, with spaces or without.

use super::members::{Members, plain};
use super::read::is_data;
use super::text::is_json;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The first half of a SHA-256: who found two events with the same would deceive himself alone.
pub type Content = [u8; 16];

/// A hash of what members that were read say: of the attributes by name, each as its canonical string, and of the data.
pub(super) fn content(members: &Members<'_>) -> Content {
    let attributes = members.0.iter().map(|(name, value)| (name.as_ref(), value.get()));
    // An attribute that is `null` is not there.
    let mut attributes: Vec<_> =
        attributes.filter(|(name, json)| !is_data(name) && *json != "null").collect();
    attributes.sort_unstable();
    let mut hash = Sha256::new();
    for (name, json) in attributes {
        put(&mut hash, name, said(json).as_bytes());
    }
    if let Some(data) = data(members) {
        put(&mut hash, "", &data);
    }
    first_half(hash)
}

/// The bytes of the data, whichever member they are in; JSON in one spelling.
fn data<'a>(members: &Members<'a>) -> Option<Cow<'a, [u8]>> {
    let media_type = members.find("datacontenttype").filter(|json| *json != "null");
    let has_json = media_type.is_none_or(|json| is_json(&said(json)));
    let base64 = members.find("data_base64").and_then(|json| BASE64_STANDARD.decode(&*said(json)).ok());
    match (members.find("data"), base64) {
        (Some(json), None) if json.starts_with('"') && !has_json => Some(bytes(said(json))),
        (Some(json), None) => Some(bytes(one_spelling(json))),
        (_, Some(bytes)) if has_json => {
            let json: Result<Value, _> = serde_json::from_slice(&bytes);
            Some(json.map_or(bytes, |json| json.to_string().into_bytes()).into())
        }
        (_, bytes) => bytes.map(Cow::Owned),
    }
}

/// A string as what it says; anything else as it is written in one spelling.
fn said(json: &str) -> Cow<'_, str> {
    if let Some(text) = plain(json) {
        return Cow::Borrowed(text);
    }
    // It was read before.
    match serde_json::from_str(json).unwrap_or(Value::Null) {
        Value::String(text) => Cow::Owned(text),
        other => Cow::Owned(other.to_string()),
    }
}

fn one_spelling(json: &str) -> Cow<'_, str> {
    if plain(json).is_some() {
        return Cow::Borrowed(json);
    }
    Cow::Owned(serde_json::from_str(json).unwrap_or(Value::Null).to_string())
}

fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// Lengths keep apart where one ends and the next begins.
fn put(hash: &mut Sha256, name: &str, value: &[u8]) {
    for bytes in [name.as_bytes(), value] {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
}

pub(in super::super) fn first_half(hash: Sha256) -> [u8; 16] {
    let hash: [u8; 32] = hash.finalize().into();
    std::array::from_fn(|place| hash[place])
}
