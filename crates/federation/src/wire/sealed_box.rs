//! Bytes that only one site can read, and other bytes inside JSON: base64 with the standard alphabet, padded.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most bytes of a box: the memo of a full message of rulings. Others are far smaller.
pub(crate) const BOX_MOST: usize = 18 * 1024;

/// A sealed box: the encapsulated key (32 bytes), then the ciphertext with its tag. At most 18 KiB.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SealedBox(pub Vec<u8>);

/// Not base64, or too much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotABox;

impl fmt::Display for NotABox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not padded base64 of a size that is allowed")
    }
}

impl std::error::Error for NotABox {}

/// The bytes, if they are so many at most.
pub(crate) fn decode(text: &str, most: usize) -> Result<Vec<u8>, NotABox> {
    if text.len() > most.div_ceil(3) * 4 {
        return Err(NotABox);
    }
    STANDARD.decode(text).ok().filter(|bytes| bytes.len() <= most).ok_or(NotABox)
}

/// Bytes as text.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

impl TryFrom<String> for SealedBox {
    type Error = NotABox;
    fn try_from(text: String) -> Result<SealedBox, NotABox> {
        decode(&text, BOX_MOST).map(SealedBox)
    }
}

impl From<SealedBox> for String {
    fn from(sealed: SealedBox) -> String {
        encode(&sealed.0)
    }
}

impl fmt::Debug for SealedBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedBox({} bytes)", self.0.len())
    }
}
