//! Every test vector of `docs/vectors/` holds. `cargo xtask generate` writes them.
#![allow(clippy::unwrap_used)]

mod document;
mod envelopes;
mod frames;
mod signatures;

use serde_json::Value;

/// The vectors of this file.
fn vectors(name: &str) -> Value {
    let path = format!("{}/../../docs/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Those under this name; there are some.
fn list<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    let list = vectors[name].as_array().unwrap();
    assert!(!list.is_empty(), "{name}");
    list
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Bytes from hexadecimal.
fn bytes(value: &Value) -> Vec<u8> {
    let text = text(value);
    (0..text.len() / 2)
        .map(|place| u8::from_str_radix(&text[2 * place..2 * place + 2], 16).unwrap())
        .collect()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
    bytes(value).try_into().unwrap()
}

/// The bytes of a refused vector, filled up with zeros where it says so.
fn filled(vector: &Value) -> bytes::Bytes {
    let mut bytes = bytes(&vector["bytes"]);
    if let Some(length) = vector["filled_to"].as_u64() {
        bytes.resize(length as usize, 0);
    }
    bytes.into()
}
