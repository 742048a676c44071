//! Kinds of values that only a hub has.

pub(super) mod address;
pub(super) mod choice;
pub(super) mod host;
mod key;
pub(super) mod upstream;
