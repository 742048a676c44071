//! Amounts as people type them.

use auction::Decimal;
use std::borrow::Cow;

/// Reads an amount: "12", "12.50", "12,50", with blanks around it. Gives a stable word for what is wrong.
pub(super) fn amount(text: &str) -> Result<Decimal, &'static str> {
    let text = plain(text)?;
    if text.is_empty() {
        return Err("missing");
    }
    Decimal::parse(&text).map_err(|_| "not_a_decimal")
}

/// The amount with a point for its decimals. A comma is one where nobody could mean anything else: three digits
/// behind it may be thousands.
pub(super) fn plain(text: &str) -> Result<Cow<'_, str>, &'static str> {
    let text = text.trim();
    let Some((whole, fraction)) = text.split_once(',') else { return Ok(text.into()) };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match (digits(whole) && digits(fraction), fraction.len()) {
        (false, _) => Err("not_a_decimal"),
        (true, 3) if whole != "0" => Err("two_meanings"),
        (true, _) => Ok(format!("{whole}.{fraction}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (typed, read) in [
            ("12", Ok("12")),
            (" 12.50 ", Ok("12.5")),
            ("12,50", Ok("12.5")),
            ("12,5", Ok("12.5")),
            ("0,125", Ok("0.125")),
            ("1,250", Err("two_meanings")),
            ("12,345", Err("two_meanings")),
            ("1,250.00", Err("not_a_decimal")),
            ("1.250,00", Err("not_a_decimal")),
            ("1,2,3", Err("not_a_decimal")),
            (",5", Err("not_a_decimal")),
            ("5,", Err("not_a_decimal")),
            ("", Err("missing")),
            ("  ", Err("missing")),
            ("NaN", Err("not_a_decimal")),
            ("1e5", Err("not_a_decimal")),
            ("-1", Err("not_a_decimal")),
            ("12 EUR", Err("not_a_decimal")),
        ] {
            assert_eq!(
                amount(typed).map(|decimal| decimal.to_string()),
                read.map(str::to_owned),
                "{typed:?}"
            );
        }
    }
}
