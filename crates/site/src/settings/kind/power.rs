//! Powers of ten.

use settings::{Kind, Value};

/// A power of ten that the table of steps can be scaled by.
pub(crate) struct Power;

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
