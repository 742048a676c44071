//! Whole numbers.

use super::super::value::Value;
use super::Kind;

/// A whole number between two others, both allowed.
pub(in super::super) struct Whole<const LEAST: u64, const MOST: u64>;

impl<const LEAST: u64, const MOST: u64> Kind for Whole<LEAST, MOST> {
    type Of = u64;

    fn expects() -> String {
        format!("a whole number from {LEAST} to {MOST}")
    }

    fn read(value: &Value) -> Option<u64> {
        let number = u64::try_from(value.whole()?).ok()?;
        (LEAST..=MOST).contains(&number).then_some(number)
    }

    fn write(value: &u64) -> String {
        value.to_string()
    }
}
