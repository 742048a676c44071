//! Hubs that this one dials.

use super::address::Address;
use crate::PublicKey;
use settings::kind::quote;
use settings::{Kind, Value};
use std::fmt;

/// A hub to dial: its address, and the key that must answer there. Without a key the first one that answers is pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// Where.
    pub address: Address,
    /// Who.
    pub key: Option<PublicKey>,
}

impl Upstream {
    fn parse(text: &str) -> Option<Upstream> {
        let (address, key) = match text.split_once('#') {
            Some((address, key)) => (address, Some(key.parse().ok()?)),
            None => (text, None),
        };
        Some(Upstream { address: Address::parse(address)?, key })
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key {
            Some(key) => write!(f, "{}#{key}", self.address),
            None => write!(f, "{}", self.address),
        }
    }
}

impl Kind for Upstream {
    type Of = Upstream;

    fn expects() -> String {
        "an address with or without a key, such as wss://hub.example.org/hub or wss://hub.example.org/hub#5f…"
            .to_owned()
    }

    fn read(value: &Value) -> Option<Upstream> {
        Upstream::parse(value.text()?.trim())
    }

    fn write(upstream: &Upstream) -> String {
        quote(&upstream.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SecretKey;

    #[test]
    fn an_upstream_keeps_its_key() {
        let key = SecretKey::from_seed([7; 32]).public();
        let upstream = Upstream::parse(&format!("wss://hub.example.org/hub#{key}")).unwrap();
        assert_eq!(upstream.key, Some(key));
        assert_eq!(Upstream::parse(&upstream.to_string()), Some(upstream));
        assert_eq!(Upstream::parse("wss://hub.example.org/hub").unwrap().key, None);
        assert_eq!(Upstream::parse("wss://hub.example.org/hub#12"), None);
    }
}
