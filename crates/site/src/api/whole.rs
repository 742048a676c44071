//! Whole numbers as JSON has them: 7, and 7.0 is the same. Some languages write them so.

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;

/// Above this, a number with a point may not be what was written.
const POINTED_MOST: f64 = 9_007_199_254_740_992.0;

struct Whole(i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Whole, D::Error> {
        deserializer.deserialize_i64(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Whole;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Whole, E> {
        Ok(Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Whole, E> {
        let whole = i64::try_from(number).map(Whole);
        whole.map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Whole, E> {
        let whole = number.fract() == 0.0 && number.abs() <= POINTED_MOST;
        if whole { Ok(Whole(number as i64)) } else { Err(E::invalid_value(Unexpected::Float(number), &self)) }
    }
}

fn narrow<T: TryFrom<i64>, E: Error>(Whole(number): Whole) -> Result<T, E> {
    T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &"a smaller whole number"))
}

/// Reads a whole number.
pub(super) fn whole<'de, D: Deserializer<'de>, T: TryFrom<i64>>(deserializer: D) -> Result<T, D::Error> {
    narrow(Whole::deserialize(deserializer)?)
}

/// Reads one that may be missing.
pub(super) fn whole_or_none<'de, D: Deserializer<'de>, T: TryFrom<i64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::<Whole>::deserialize(deserializer)?.map(narrow).transpose()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[derive(Deserialize)]
    struct Seen {
        #[serde(deserialize_with = "whole")]
        version: u32,
        #[serde(default, deserialize_with = "whole_or_none")]
        seconds: Option<i64>,
    }

    fn read(text: &str) -> Option<(u32, Option<i64>)> {
        serde_json::from_str::<Seen>(text).ok().map(|seen| (seen.version, seen.seconds))
    }

    #[test]
    fn a_point_with_nothing_behind_it_changes_nothing() {
        assert_eq!(read(r#"{"version": 7}"#), Some((7, None)));
        assert_eq!(read(r#"{"version": 7.0, "seconds": null}"#), Some((7, None)));
        assert_eq!(read(r#"{"version": 4294967295, "seconds": -1e1}"#), Some((u32::MAX, Some(-10))));
    }

    #[test]
    fn what_is_no_whole_number_or_does_not_fit_is_refused() {
        for version in ["7.5", "-1", "4294967296", "1e300", "\"7\"", "null", "18446744073709551615"] {
            assert_eq!(read(&format!("{{\"version\": {version}}}")), None, "{version}");
        }
    }
}
