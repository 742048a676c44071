//! Kinds of values: how each is read, written, and described to somebody who got it wrong.

pub(super) mod choice;
pub(super) mod database;
pub(super) mod language;
pub(super) mod level;
pub(super) mod list;
pub(super) mod listen;
pub(super) mod money;
pub(super) mod network;
pub(super) mod number;
pub(super) mod public_url;
pub(super) mod secret;
pub(super) mod sender;
pub(super) mod smtp;
pub(super) mod text;
pub(super) mod yes_no;
pub(super) mod zone;

use super::value::Value;
use std::fmt::Debug;

/// One kind of value.
pub(super) trait Kind {
    /// What the rest of the program gets.
    type Of: Clone + Debug + PartialEq;

    /// Whether nobody may see it.
    const SECRET: bool = false;

    /// Ends the sentence "must be …".
    fn expects() -> String;

    /// The value, if it is one of this kind.
    fn read(value: &Value) -> Option<Self::Of>;

    /// As the file would have it, secrets masked.
    fn write(value: &Self::Of) -> String;
}

/// A string as the file would have it.
pub(super) fn quote(text: &str) -> String {
    toml::Value::from(text).to_string()
}
