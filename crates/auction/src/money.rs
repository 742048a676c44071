//! Amounts: what people write ([`Decimal`]) and what the rules count in ([`Amount`]).

use std::fmt;

/// A number of minor units of some currency: cents, pence, whole yen. Never negative in a valid auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub i64);

impl Amount {
    /// One minor unit, the least that can be offered.
    pub const ONE: Amount = Amount(1);
    /// The most that can be offered: 10^12 minor units. Sums of a few of them fit in 64 bits.
    pub const MOST: Amount = Amount(1_000_000_000_000);
}

/// An amount as somebody wrote it: digits with an optional point. Equal values are equal ("12.5" = "12.50").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    digits: i64,
    places: u8,
}

/// The text is not a plain decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a plain decimal number such as 12 or 12.50")
    }
}

impl std::error::Error for NotADecimal {}

impl Decimal {
    /// 18 digits are the most that surely fit in 64 bits.
    const DIGITS: usize = 18;

    /// `digits` with the point `places` from the right. Trailing zeros behind the point do not matter.
    pub fn new(digits: i64, places: u8) -> Decimal {
        let (mut digits, mut places) = (digits, places);
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Decimal { digits, places }
    }

    /// Reads "12", "12.5", "0.05". No sign, no exponent, no grouping, no "NaN": only digits and one point
    /// with digits on both sides.
    pub fn parse(text: &str) -> Result<Decimal, NotADecimal> {
        let (whole, fraction) = match text.split_once('.') {
            Some((_, "")) => return Err(NotADecimal),
            Some(parts) => parts,
            None => (text, ""),
        };
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let length = whole.len() + fraction.len();
        if whole.is_empty() || length > Decimal::DIGITS || !plain(whole) || !plain(fraction) {
            return Err(NotADecimal);
        }
        let digits = [whole, fraction].concat().parse().map_err(|_| NotADecimal)?;
        Ok(Decimal::new(digits, fraction.len() as u8))
    }

    /// In units of 10^-`exponent`; `None` if it is finer than that. What does not fit stays far beyond
    /// [`Amount::MOST`], so that it is refused for being too much and not for being too fine.
    pub fn scaled(self, exponent: u8) -> Option<Amount> {
        let up = exponent.checked_sub(self.places)?;
        let factor = 10_i64.saturating_pow(u32::from(up));
        Some(Amount(self.digits.saturating_mul(factor)))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = usize::from(self.places);
        if places == 0 {
            return write!(f, "{}", self.digits);
        }
        let text = format!("{:0width$}", self.digits, width = places + 1);
        let (whole, fraction) = text.split_at(text.len() - places);
        write!(f, "{whole}.{fraction}")
    }
}
