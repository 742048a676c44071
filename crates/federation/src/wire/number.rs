//! Numbers: amounts, moments, lengths of time, counts. All are integers; a float is refused.

use auction::{Amount, Span, Time};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::fmt;

/// The greatest integer that every JSON reader keeps exactly.
pub(crate) const EXACT_MOST: i64 = (1 << 53) - 1;

/// The greatest number of an entry, a version or a bidder: every database keeps it.
pub(crate) const COUNT_MOST: u32 = i32::MAX.cast_unsigned();

/// A number is outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange {
    least: i64,
    most: i64,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not from {} to {}", self.least, self.most)
    }
}

impl std::error::Error for OutOfRange {}

fn within(value: i64, least: i64, most: i64) -> Result<i64, OutOfRange> {
    if (least..=most).contains(&value) { Ok(value) } else { Err(OutOfRange { least, most }) }
}

/// An amount in minor units: 1 to 10^12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Money(pub i64);

/// From which price a step holds, in minor units: 0 to 10^12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Floor(pub i64);

/// A moment in microseconds since 1970-01-01T00:00:00 UTC: 0 to 2^53 − 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Moment(pub i64);

/// A length of time in microseconds: 0 to 2^53 − 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Length(pub i64);

macro_rules! bounded {
    ($name:ident, $least:expr, $most:expr, $rules:ident) => {
        impl TryFrom<i64> for $name {
            type Error = OutOfRange;
            fn try_from(value: i64) -> Result<$name, OutOfRange> {
                within(value, $least, $most).map($name)
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> i64 {
                value.0
            }
        }

        impl TryFrom<$rules> for $name {
            type Error = OutOfRange;
            fn try_from(value: $rules) -> Result<$name, OutOfRange> {
                $name::try_from(value.0)
            }
        }

        impl From<$name> for $rules {
            fn from(value: $name) -> $rules {
                $rules(value.0)
            }
        }
    };
}

bounded!(Money, Amount::ONE.0, Amount::MOST.0, Amount);
bounded!(Floor, 0, Amount::MOST.0, Amount);
bounded!(Moment, 0, EXACT_MOST, Time);
bounded!(Length, 0, EXACT_MOST, Span);

impl Moment {
    /// The moment of the rules, or the nearest one that can be written.
    pub fn nearest(time: Time) -> Moment {
        Moment(time.0.clamp(0, EXACT_MOST))
    }
}

/// Reads the number of an entry, a version or a bidder: 1 to 2^31 − 1.
pub(super) fn positive<'de, D: Deserializer<'de>>(json: D) -> Result<u32, D::Error> {
    bounded_count(json, 1)
}

/// As [`positive`], or `null`.
pub(super) fn optional<'de, D: Deserializer<'de>>(json: D) -> Result<Option<u32>, D::Error> {
    #[derive(Deserialize)]
    struct Positive(#[serde(deserialize_with = "positive")] u32);
    Ok(Option::<Positive>::deserialize(json)?.map(|number| number.0))
}

/// Reads a count: 0 to 2^31 − 1.
pub(super) fn count<'de, D: Deserializer<'de>>(json: D) -> Result<u32, D::Error> {
    bounded_count(json, 0)
}

fn bounded_count<'de, D: Deserializer<'de>>(json: D, least: i64) -> Result<u32, D::Error> {
    let value = i64::deserialize(json)?;
    within(value, least, i64::from(COUNT_MOST)).map(|value| value as u32).map_err(D::Error::custom)
}

/// Reads the number of an auction at its origin: 1 to 2^53 − 1.
pub(super) fn auction<'de, D: Deserializer<'de>>(json: D) -> Result<u64, D::Error> {
    let value = i64::deserialize(json)?;
    within(value, 1, EXACT_MOST).map(i64::cast_unsigned).map_err(D::Error::custom)
}
