//! Whole numbers.

use super::super::value::Value;
use super::Kind;

/// A whole number between two others, both allowed.
pub(in super::super) struct Whole<const LEAST: u32, const MOST: u32>;

impl<const LEAST: u32, const MOST: u32> Kind for Whole<LEAST, MOST> {
    type Of = u32;

    fn expects() -> String {
        format!("a whole number from {LEAST} to {MOST}")
    }

    fn read(value: &Value) -> Option<u32> {
        let number = u32::try_from(value.whole()?).ok()?;
        (LEAST..=MOST).contains(&number).then_some(number)
    }

    fn write(value: &u32) -> String {
        value.to_string()
    }
}

/// A power of ten that the table of steps can be scaled by.
pub(in super::super) struct Power;

/// Beyond this the table of steps is not scaled further.
const POWER_MAX: i8 = 6;

impl Kind for Power {
    type Of = i8;

    fn expects() -> String {
        format!("a whole number from -{POWER_MAX} to {POWER_MAX}")
    }

    fn read(value: &Value) -> Option<i8> {
        let power = i8::try_from(value.whole()?).ok()?;
        (-POWER_MAX..=POWER_MAX).contains(&power).then_some(power)
    }

    fn write(value: &i8) -> String {
        value.to_string()
    }
}
