//! What is printed. Bytes are in hexadecimal.

use serde::Serialize;
use std::fmt::Write;

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[derive(Serialize)]
pub(crate) struct Keys {
    pub(crate) keys: Vec<Key>,
    pub(crate) accepted: Vec<Odd>,
    pub(crate) refused: Vec<Odd>,
}

#[derive(Serialize)]
pub(crate) struct Key {
    pub(crate) seed: String,
    pub(crate) key: String,
}

#[derive(Serialize)]
pub(crate) struct Odd {
    pub(crate) what: String,
    pub(crate) key: String,
}

#[derive(Serialize)]
pub(crate) struct Signatures {
    pub(crate) encodings: Vec<Encoding>,
    pub(crate) signatures: Vec<Signature>,
}

#[derive(Serialize)]
pub(crate) struct Encoding {
    pub(crate) kind: String,
    pub(crate) bytes: String,
    pub(crate) encoded: String,
}

#[derive(Serialize)]
pub(crate) struct Signature {
    pub(crate) what: String,
    pub(crate) accepted: bool,
    pub(crate) key: String,
    /// An envelope without its signature.
    pub(crate) bytes: String,
    pub(crate) signature: String,
}

#[derive(Serialize)]
pub(crate) struct Envelopes {
    pub(crate) valid: Vec<Valid>,
    pub(crate) refused: Vec<Refused>,
}

#[derive(Serialize)]
pub(crate) struct Valid {
    pub(crate) what: String,
    pub(crate) seed: String,
    pub(crate) origin: String,
    pub(crate) epoch: u64,
    pub(crate) number: u64,
    pub(crate) previous: String,
    pub(crate) time: u64,
    pub(crate) ttl: u32,
    pub(crate) predecessor: Option<(u64, u64)>,
    pub(crate) messages: Vec<Message>,
    pub(crate) envelope: String,
    pub(crate) hash: String,
}

#[derive(Serialize)]
pub(crate) struct Message {
    pub(crate) media_type: String,
    pub(crate) body: String,
}

/// Bytes that are refused.
#[derive(Serialize)]
pub(crate) struct Refused {
    pub(crate) what: String,
    pub(crate) why: String,
    pub(crate) bytes: String,
    /// Zeros follow the bytes until there are so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) filled_to: Option<usize>,
}

#[derive(Serialize)]
pub(crate) struct Frames {
    pub(crate) proofs: Vec<Proof>,
    pub(crate) valid: Vec<ValidFrame>,
    pub(crate) refused: Vec<Refused>,
}

#[derive(Serialize)]
pub(crate) struct Proof {
    pub(crate) what: String,
    pub(crate) accepted: bool,
    pub(crate) own: String,
    pub(crate) peer: String,
    pub(crate) hosts: Vec<String>,
    pub(crate) signed: String,
    pub(crate) auth: String,
}

#[derive(Serialize)]
pub(crate) struct ValidFrame {
    pub(crate) what: String,
    pub(crate) fields: serde_json::Value,
    pub(crate) bytes: String,
}
