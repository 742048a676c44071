//! Currencies.

use auction::Currency;
use settings::kind::quote;
use settings::{Kind, Value};

/// A code of ISO 4217; its decimals come from there.
pub(crate) struct Money;

impl Kind for Money {
    type Of = Currency;

    fn expects() -> String {
        "the code of a currency (ISO 4217) such as \"EUR\"".to_owned()
    }

    fn read(value: &Value) -> Option<Currency> {
        let code = value.text()?.trim();
        let known = iso_currency::Currency::from_code(code)?;
        // Gold, testing codes and the like have no minor unit, so nobody can bid in them.
        let exponent = u8::try_from(known.exponent()?).ok()?;
        Currency::new(code, exponent)
    }

    fn write(currency: &Currency) -> String {
        quote(currency.code())
    }
}
