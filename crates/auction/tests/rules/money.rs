//! Amounts are whole minor units, and only plain decimal numbers are amounts.

use crate::scene::*;
use auction::{Amount, Currency, Decimal, NotADecimal, Refusal};

#[test]
fn only_plain_decimal_numbers_are_amounts() {
    let not_amounts = [
        "",
        " ",
        ".",
        "NaN",
        "nan",
        "1e5",
        "1E5",
        "Infinity",
        "inf",
        "-1",
        "-0",
        "+1",
        " 1",
        "1 ",
        "1.",
        ".5",
        "1,5",
        "1.2.3",
        "1..2",
        "1_000",
        "1'000",
        "1.000,00",
        "0x10",
        "١٢",
        "１",
        "1\n",
        "1\0",
        "€1",
        "½",
        "1234567890123456789",
        "0.1234567890123456789",
        "12345678901234567.89",
        "1.+5",
        "1.-5",
        "1. 5",
    ];
    for text in not_amounts {
        assert_eq!(Decimal::parse(text), Err(NotADecimal), "{text:?}");
    }
}

#[test]
fn what_people_write_is_read_exactly() {
    let rows = [
        ("0", 0, "0"),
        ("1", 100, "1"),
        ("1.5", 150, "1.5"),
        ("1.50", 150, "1.5"),
        ("0.05", 5, "0.05"),
        ("00012.10", 1_210, "12.1"),
        ("12.500000", 1_250, "12.5"),
        ("10000000000", 1_000_000_000_000, "10000000000"),
        ("9999999999.99", 999_999_999_999, "9999999999.99"),
    ];
    for (text, minor, again) in rows {
        let written = Decimal::parse(text).unwrap();
        assert_eq!(eur().minor(written), Some(Amount(minor)), "{text}");
        assert_eq!(written.to_string(), again);
    }
}

#[test]
fn an_amount_finer_than_the_minor_unit_is_no_amount_of_that_currency() {
    let rows = [
        ("EUR", 2, "100.01", Some(10_001)),
        ("EUR", 2, "100.001", None),
        ("EUR", 2, "100.010", Some(10_001)),
        ("JPY", 0, "100", Some(100)),
        ("JPY", 0, "100.5", None),
        ("JPY", 0, "100.0", Some(100)),
        ("KWD", 3, "1.234", Some(1_234)),
        ("KWD", 3, "1.2345", None),
        ("KWD", 3, "1.2340", Some(1_234)),
        ("CLF", 4, "0.0001", Some(1)),
        ("CLF", 4, "0.00001", None),
    ];
    for (code, exponent, text, minor) in rows {
        let currency = Currency::new(code, exponent).unwrap();
        let written = Decimal::parse(text).unwrap();
        assert_eq!(currency.minor(written), minor.map(Amount), "{code} {text}");
    }
}

#[test]
fn amounts_are_written_with_all_decimals_of_their_currency() {
    let rows = [(2, 0, "0.00"), (2, 5, "0.05"), (2, 1_250, "12.50"), (0, 100, "100"), (3, 7, "0.007")];
    for (exponent, amount, text) in rows {
        let currency = Currency::new("XXX", exponent).unwrap();
        assert_eq!(currency.write(Amount(amount)), text);
        let read = Decimal::parse(text).unwrap();
        assert_eq!(currency.minor(read), Some(Amount(amount)));
        assert_eq!(currency.decimal(Amount(amount)), read);
    }
}

#[test]
fn a_currency_is_three_capital_letters_and_up_to_four_decimals() {
    for (code, exponent, good) in [
        ("EUR", 2, true),
        ("EUR", 4, true),
        ("EUR", 5, false),
        ("eur", 2, false),
        ("EU", 2, false),
        ("EURO", 2, false),
        ("E1R", 2, false),
        ("ÄB", 2, false),
    ] {
        assert_eq!(Currency::new(code, exponent).is_some(), good, "{code} {exponent}");
    }
}

#[test]
fn the_most_that_can_be_offered_is_a_million_million_minor_units() {
    let most = Amount::MOST.0;
    for (amount, refused) in [(most - 1, None), (most, None), (most + 1, Some(too_high(most)))] {
        let mut scene = Scene::new(ascending());
        assert_eq!(scene.offer(ANN, amount, OPENS).err(), refused, "{amount}");
    }
}

/// An amount that overflowed 64 bits was once called "not whole units", though it was merely far too much.
#[test]
fn an_enormous_whole_amount_is_too_high_and_not_too_fine() {
    for text in ["100000000000000000", "999999999999999999"] {
        let mut scene = Scene::new(ascending());
        let amount = Decimal::parse(text).unwrap();
        let refused = scene.give(auction::Actor::Person(ANN), auction::Deed::Offer { amount }, OPENS);
        assert_eq!(refused, Err(too_high(Amount::MOST.0)));
    }
}

#[test]
fn an_offer_in_parts_of_a_cent_is_refused_before_its_height_is_looked_at() {
    let mut scene = Scene::new(ascending());
    let amount = Decimal::parse("1.005").unwrap();
    let refused = scene.give(auction::Actor::Person(ANN), auction::Deed::Offer { amount }, OPENS);
    assert_eq!(refused, Err(Refusal::NotWholeUnits));
}

#[test]
fn nothing_and_less_than_nothing_are_too_low() {
    for amount in [0, -1, i64::MIN] {
        let mut scene = Scene::new(ascending());
        assert_eq!(scene.offer(ANN, amount, OPENS), Err(too_low(1_000)), "{amount}");
    }
}
