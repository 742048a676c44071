//! Keys of other nodes.

use crate::PublicKey;
use settings::kind::quote;
use settings::{Kind, Value};

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
