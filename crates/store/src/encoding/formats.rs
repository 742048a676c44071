//! The format of an auction as a word, with the numbers of its clock beside it.

use super::unreadable;
use auction::{Amount, Clock, Format, Span};
use journal::Error;

/// The word of a format, as in the database and in the API.
pub fn format_word(format: &Format) -> &'static str {
    match format {
        Format::Ascending => "ascending",
        Format::SealedFirstPrice => "sealed_first_price",
        Format::SealedSecondPrice => "sealed_second_price",
        Format::Descending(_) => "descending",
        Format::Reverse => "reverse",
    }
}

/// A format from its word and, for a descending one, step, interval and floor of its clock.
pub fn format_clock(word: &str, clock: [Option<i64>; 3]) -> Result<Format, Error> {
    match (word, clock) {
        ("ascending", _) => Ok(Format::Ascending),
        ("sealed_first_price", _) => Ok(Format::SealedFirstPrice),
        ("sealed_second_price", _) => Ok(Format::SealedSecondPrice),
        ("reverse", _) => Ok(Format::Reverse),
        ("descending", [Some(step), Some(interval), Some(floor)]) => Ok(Format::Descending(Clock {
            step: Amount(step),
            interval: Span(interval),
            floor: Amount(floor),
        })),
        _ => Err(unreadable("format", word)),
    }
}
