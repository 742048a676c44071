//! Stored forms of the rules' types. Words and numbers here are in databases: never change their meaning.

mod deeds;
mod formats;
mod phases;
mod refusals;
mod steps;
mod terms;

pub use deeds::{capacity, deed, deed_detail};
pub use formats::{format_clock, format_word};
pub use phases::{CLOSED, PUBLISHED, StoredPhase, phase_parts, progress_from_number, progress_number};
pub use refusals::{refusal, refusal_parts};
pub use steps::{steps_text, text_steps};
pub(crate) use terms::TermColumns;

use journal::Error;

/// Something in the database is not what this program writes.
pub(crate) fn unreadable(what: &str, value: &str) -> Error {
    Error::Corrupt(format!("{what} is {value:?}").into())
}
