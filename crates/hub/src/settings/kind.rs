//! Kinds of values: how each is read, written, and described to somebody who got it wrong.

pub(super) mod address;
pub(super) mod choice;
pub(super) mod host;
pub(super) mod ip;
pub(super) mod key;
pub(super) mod level;
pub(super) mod list;
pub(super) mod listen;
pub(super) mod number;
pub(super) mod text;
pub(super) mod upstream;
pub(super) mod yes_no;

use super::value::Value;
use std::fmt::Debug;

/// One kind of value.
pub(super) trait Kind {
    /// What the rest of the program gets.
    type Of: Clone + Debug + PartialEq;

    /// Ends the sentence "must be …".
    fn expects() -> String;

    /// The value, if it is one of this kind.
    fn read(value: &Value) -> Option<Self::Of>;

    /// As the file would have it.
    fn write(value: &Self::Of) -> String;
}

/// A string as the file would have it.
pub(super) fn quote(text: &str) -> String {
    toml::Value::from(text).to_string()
}
