//! Kinds of values: how each is read, written, and described to somebody who got it wrong.

mod choice;
mod ip;
mod line;
mod list;
mod listen;
mod log;
mod number;
mod path;
mod yes_no;

pub use line::Line;
pub use list::List;
pub use listen::{Listen, Listening};
pub use log::{Level, LogFormat};
pub use number::Whole;
pub use path::{File, Folder};
pub use yes_no::YesNo;

use crate::Value;
use std::fmt::Debug;

/// One kind of value.
pub trait Kind {
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
pub fn quote(text: &str) -> String {
    toml::Value::from(text).to_string()
}
