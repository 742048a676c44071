//! What an event says, however it is written: the same in headers and as JSON, with spaces or without.

use super::Event;
use super::members::Members;
use super::text::is_json;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The first half of a SHA-256: who found two events with the same would deceive himself alone.
pub type Content = [u8; 16];

impl Event {
    /// A hash of what it says: of its attributes by name, each as its canonical string, and of its data.
    pub fn content(&self) -> Content {
        // It was read before.
        let members = serde_json::from_str(&self.text).map_or(Vec::new(), |Members(members)| members);
        let value = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        let members = members.into_iter().map(|(name, raw)| (name, value(raw.get())));
        let mut members: BTreeMap<String, Value> = members.collect();
        let data = data(&mut members);
        let mut hash = Sha256::new();
        for (name, value) in &members {
            match value {
                // An attribute that is `null` is not there.
                Value::Null => {}
                Value::String(text) => put(&mut hash, name, text.as_bytes()),
                other => put(&mut hash, name, other.to_string().as_bytes()),
            }
        }
        if let Some(data) = data {
            put(&mut hash, "", &data);
        }
        first_half(hash)
    }
}

/// The bytes of the data, whichever member they are in; JSON in one spelling.
fn data(members: &mut BTreeMap<String, Value>) -> Option<Vec<u8>> {
    let (plain, base64) = (members.remove("data"), members.remove("data_base64"));
    let media_type = members.get("datacontenttype").and_then(Value::as_str);
    let has_json = media_type.is_none_or(is_json);
    let bytes = base64.as_ref().and_then(Value::as_str).and_then(|text| BASE64_STANDARD.decode(text).ok());
    match (plain, bytes) {
        (Some(Value::String(text)), None) if !has_json => Some(text.into_bytes()),
        (Some(json), None) => Some(json.to_string().into_bytes()),
        (_, Some(bytes)) if has_json => {
            let json: Result<Value, _> = serde_json::from_slice(&bytes);
            Some(json.map_or(bytes, |json| json.to_string().into_bytes()))
        }
        (_, bytes) => bytes,
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
