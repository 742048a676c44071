//! Keys of other nodes.

use super::super::value::Value;
use super::{Kind, quote};
use crate::PublicKey;

impl Kind for PublicKey {
    type Of = PublicKey;

    fn expects() -> String {
        "a public key of 64 hexadecimal digits".to_owned()
    }

    fn read(value: &Value) -> Option<PublicKey> {
        value.text()?.trim().parse().ok()
    }

    fn write(key: &PublicKey) -> String {
        quote(&key.to_string())
    }
}
