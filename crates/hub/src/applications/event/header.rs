//! Attributes as HTTP headers: quotes and one round of percent-decoding (HTTP binding, 3.1.3.2).

use super::fault::Fault;
use percent_encoding::percent_decode;

/// The value of an attribute from the bytes of its header.
pub(super) fn decode(name: &str, value: &[u8]) -> Result<String, Fault> {
    let unquoted = unquote(value.trim_ascii());
    // An overlong encoding is not UTF-8, so it ends here as the specification asks.
    let decoded = percent_decode(&unquoted).decode_utf8();
    decoded.map(String::from).map_err(|_| Fault::new(name, "not_utf8"))
}

/// Takes away double quotes around the value and the backslashes inside them. Nobody who follows the present
/// specification writes them; earlier versions did.
fn unquote(value: &[u8]) -> Vec<u8> {
    let inside = value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let Some(inside) = inside else { return value.to_vec() };
    let mut unquoted = Vec::with_capacity(inside.len());
    let mut bytes = inside.iter();
    while let Some(byte) = bytes.next() {
        // A backslash at the end stands for itself.
        let byte = if *byte == b'\\' { bytes.next().unwrap_or(byte) } else { byte };
        unquoted.push(*byte);
    }
    unquoted
}
