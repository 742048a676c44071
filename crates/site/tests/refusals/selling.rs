//! What sellers are told.

use crate::Story;
use crate::house::{ANNS_MAXIMUM, House, RESERVE, Told};
use auction::Span;

pub(crate) const STORIES: &[(&str, Story)] = &[
    ("not_yours", |house| house.do_to(&house.person("Ann"), house.lot(""), "end")),
    ("suspended", suspended),
    ("too_late_to_change", |house| late(house, "withdrawal")),
    ("too_late_to_change", too_late_to_add),
    ("terms_frozen", terms_frozen),
    ("nothing_to_sell", |house| house.do_to(&house.person("Sue"), house.lot(""), "end")),
    ("acceptance_expired", acceptance_expired),
    ("reserve_not_lower", reserve_not_lower),
];

/// Ann has bid on Sue's clock.
fn ann_has_bid(house: &House, more: &str) -> (String, i64) {
    let lot = house.lot(more);
    house.bid(&house.person("Ann"), lot, ANNS_MAXIMUM).done();
    (house.person("Sue"), lot)
}

/// Sellers who are suspended list nothing.
fn suspended(house: &House) -> Told {
    let sue = house.person("Sue");
    house.spoil("UPDATE people SET suspended_at = 1");
    house.post(
        &sue,
        "/api/v1/auctions",
        r#"{"title": "A", "start_price": "1.00", "duration_seconds": 86400}"#,
    )
}

/// In the last hours.
fn late(house: &House, what: &str) -> Told {
    let (sue, lot) = ann_has_bid(house, "");
    house.later(Span::hours(13));
    house.do_to(&sue, lot, what)
}

fn too_late_to_add(house: &House) -> Told {
    let (sue, lot) = ann_has_bid(house, "");
    house.later(Span::hours(13));
    house.post(&sue, &format!("/api/v1/auctions/{lot}/additions"), r#"{"text": "It is broken."}"#)
}

fn terms_frozen(house: &House) -> Told {
    let (sue, lot) = ann_has_bid(house, "");
    let revised =
        r#"{"version": 1, "item": {"title": "A clock", "start_price": "15.00", "duration_seconds": 86400}}"#;
    house.ask("PUT", &sue, &format!("/api/v1/auctions/{lot}"), revised)
}

fn acceptance_expired(house: &House) -> Told {
    let (sue, lot) = ann_has_bid(house, RESERVE);
    house.later(Span::hours(24));
    house.close();
    house.later(Span::hours(49));
    house.do_to(&sue, lot, "acceptance")
}

fn reserve_not_lower(house: &House) -> Told {
    let (sue, lot) = ann_has_bid(house, RESERVE);
    house.post(&sue, &format!("/api/v1/auctions/{lot}/reserve"), r#"{"version": 1, "amount": "600.00"}"#)
}
