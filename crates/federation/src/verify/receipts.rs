//! A file of receipts: envelopes as a hub received them.

use crate::wire::{Malformed, Site};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize};

/// What a file of receipts says it is.
pub const FORMAT: &str = "anuko-auction-receipts-1";

/// What somebody kept of an auction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipts {
    #[serde(deserialize_with = "format")]
    format: String,
    /// The site that decided.
    pub origin: Site,
    /// The auction's number there.
    pub auction: u64,
    /// Envelopes in base64, in any order, byte for byte as they were received.
    pub envelopes: Vec<String>,
}

fn format<'de, D: Deserializer<'de>>(json: D) -> Result<String, D::Error> {
    let format = String::deserialize(json)?;
    if format == FORMAT { Ok(format) } else { Err(serde::de::Error::custom("not a file of receipts")) }
}

impl Receipts {
    /// Of these envelopes.
    pub fn new<B: AsRef<[u8]>>(
        origin: Site,
        auction: u64,
        envelopes: impl IntoIterator<Item = B>,
    ) -> Receipts {
        let envelopes = envelopes.into_iter().map(|bytes| STANDARD.encode(bytes)).collect();
        Receipts { format: FORMAT.to_owned(), origin, auction, envelopes }
    }

    /// Reads a file. The error names the field that is not right.
    pub fn read(bytes: &[u8]) -> Result<Receipts, Malformed> {
        let text = std::str::from_utf8(bytes).map_err(|_| Malformed::new("", "not UTF-8"))?;
        crate::wire::parse(text)
    }

    /// As a file.
    pub fn write(&self) -> String {
        // Texts and numbers always become JSON.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
