//! A currency: its code and how many decimals its minor unit has.

use crate::{Amount, Decimal};
use std::fmt;

/// An ISO 4217 code with its exponent (EUR 2, JPY 0, KWD 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

impl Currency {
    /// `code` must be three capital letters and `exponent` at most 4, the largest of ISO 4217; else `None`.
    pub fn new(code: &str, exponent: u8) -> Option<Currency> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        let good = code.iter().all(u8::is_ascii_uppercase) && exponent <= 4;
        good.then_some(Currency { code, exponent })
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// Decimals of the minor unit.
    pub fn exponent(&self) -> u8 {
        self.exponent
    }

    /// The minor units of what somebody wrote; `None` if it is not a whole number of them.
    pub fn minor(&self, written: Decimal) -> Option<Amount> {
        written.scaled(self.exponent)
    }

    /// The amount as people write it: always all decimals, a point, no grouping ("12.50").
    pub fn write(&self, amount: Amount) -> String {
        let places = usize::from(self.exponent);
        let text = format!("{:0width$}", amount.0, width = places + 1);
        let (whole, fraction) = text.split_at(text.len() - places);
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }

    /// The amount as a decimal number.
    pub fn decimal(&self, amount: Amount) -> Decimal {
        Decimal::new(amount.0, self.exponent)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
