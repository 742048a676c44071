//! What bidders are told.

use crate::Story;
use crate::house::NOON;
use crate::house::{ANNS_MAXIMUM, House, RESERVE, Told, offer};
use auction::Span;
use market::{Role, Scopes};
use store::replicas::{self, Listing};
use store::{auctions, sites};

pub(crate) const STORIES: &[(&str, Story)] = &[
    ("no_such_auction", |house| house.bid(&house.person("Ann"), 999, "12.00")),
    ("no_such_auction", |house| {
        house.get("", &format!("/api/v1/auctions/{}", house.lot(r#""draft": true"#)))
    }),
    ("decided_elsewhere", |house| house.do_to(&house.person("Ann"), elsewhere(house, "show"), "retractions")),
    ("bids_not_sent", |house| house.bid(&house.person("Ann"), elsewhere(house, "no_bids"), "12.00")),
    ("not_in_this_format", not_in_this_format),
    ("id_used", id_used),
    ("suspended", suspended),
    ("blocked", blocked),
    ("own_item", |house| house.bid(&house.person("Sue"), house.lot(""), "12.00")),
    ("took_back", took_back),
    ("not_open", |house| {
        house.bid(&house.person("Ann"), house.lot(r#""opens_at": "2026-01-06T12:00:00Z""#), "12.00")
    }),
    ("not_open", not_open_when_sold),
    ("terms_changed", terms_changed),
    ("nothing_to_take_back", |house| house.do_to(&house.person("Ann"), house.lot(""), "retractions")),
    ("too_late_to_take_back", too_late_to_take_back),
    ("already_took_back", already_took_back),
    ("buy_now_gone", buy_now_gone),
    ("not_whole_units", |house| house.bid(&house.person("Ann"), house.lot(""), "12.345")),
    ("too_low", too_low),
    ("too_high", |house| house.bid(&house.person("Ann"), house.lot(""), "10000000000.01")),
    ("not_above_own", not_above_own),
    ("price_higher", price_higher),
];

/// Ann leads on Sue's clock.
fn ann_leads(house: &House, more: &str) -> (String, i64) {
    let (ann, lot) = (house.person("Ann"), house.lot(more));
    house.bid(&ann, lot, ANNS_MAXIMUM).done();
    (ann, lot)
}

/// A clock of the site elm, which the webmaster treats like this.
fn elsewhere(house: &House, treatment: &'static str) -> i64 {
    let own = house.lot("");
    house.write(move |tx| {
        let site = sites::heard(tx, &[7; 32], NOON)?;
        sites::treat(tx, site, treatment)?;
        let stored = auctions::find(tx, own)?.expect("it was listed");
        let listing = Listing {
            version: 1,
            terms_version: 1,
            title: "Clock".to_owned(),
            description: String::new(),
            seller: "Sue of elm".to_owned(),
            category: String::new(),
            sealing_key: [9; 32],
            terms: stored.auction.terms,
        };
        replicas::insert(tx, site, 1, &listing, NOON)
    })
}

fn not_in_this_format(house: &House) -> Told {
    let path = format!("/api/v1/auctions/{}/takes", house.lot(""));
    house.post(&house.person("Ann"), &path, &offer("12.00"))
}

fn id_used(house: &House) -> Told {
    let (ann, lot) = (house.person("Ann"), house.lot(""));
    house.bid_under("mine", &ann, lot, ANNS_MAXIMUM).done();
    // Somebody else's key of the same name is another one.
    house.bid_under("mine", &house.person("Bob"), lot, "20.00").done();
    house.bid_under("mine", &ann, lot, "400.00")
}

fn suspended(house: &House) -> Told {
    let (ann, lot) = ann_leads(house, "");
    let moderator = house.somebody("Mo", Role::Moderator, Scopes::ALL);
    let id = house.get(&ann, "/api/v1/me").json()["id"].clone();
    let path = format!("/api/v1/moderation/people/{id}/suspension");
    house.ask("PUT", &moderator, &path, r#"{"reason": "Does not pay"}"#).done();
    house.bid(&ann, lot, "400.00")
}

fn blocked(house: &House) -> Told {
    let (ann, lot) = ann_leads(house, "");
    let path = format!("/api/v1/auctions/{lot}/blocks/1");
    house.ask("PUT", &house.person("Sue"), &path, "").done();
    house.bid(&ann, lot, "400.00")
}

fn took_back(house: &House) -> Told {
    let (ann, lot) = ann_leads(house, "");
    house.do_to(&ann, lot, "retractions").done();
    house.later(Span::hours(2));
    house.bid(&ann, lot, "400.00")
}

fn not_open_when_sold(house: &House) -> Told {
    let (_, lot) = ann_leads(house, "");
    house.later(Span::hours(24));
    house.close();
    house.bid(&house.person("Bob"), lot, "400.00")
}

/// Sue raises the start price while Ann reads the old one.
fn terms_changed(house: &House) -> Told {
    let (sue, lot) = (house.person("Sue"), house.lot(""));
    let revised =
        r#"{"version": 1, "item": {"title": "A clock", "start_price": "15.00", "duration_seconds": 86400}}"#;
    house.ask("PUT", &sue, &format!("/api/v1/auctions/{lot}"), revised).done();
    house.bid(&house.person("Ann"), lot, "12.00")
}

fn too_late_to_take_back(house: &House) -> Told {
    let (ann, lot) = ann_leads(house, "");
    house.later(Span::hours(13));
    house.do_to(&ann, lot, "retractions")
}

fn already_took_back(house: &House) -> Told {
    let (ann, lot) = (house.person("Ann"), house.lot(""));
    house.later(Span::hours(13));
    house.bid(&ann, lot, "1000.00").done();
    house.do_to(&ann, lot, "retractions").done();
    house.bid(&ann, lot, "100.00").done();
    house.do_to(&ann, lot, "retractions")
}

fn buy_now_gone(house: &House) -> Told {
    let (_, lot) = ann_leads(house, r#""buy_now": "900.00""#);
    house.do_to(&house.person("Bob"), lot, "purchases")
}

/// Bob offers less than a step above the price, which says nothing about Ann's maximum.
pub(crate) fn too_low(house: &House) -> Told {
    let (_, lot) = ann_leads(house, RESERVE);
    house.bid(&house.person("Bob"), lot, "10.10")
}

fn not_above_own(house: &House) -> Told {
    let (ann, lot) = ann_leads(house, RESERVE);
    house.bid(&ann, lot, "300.00")
}

/// Ann takes a price that the clock has not come down to.
fn price_higher(house: &House) -> Told {
    let clock = r#""format": "descending", "start_price": "50.00", "clock_step": "1.00",
        "clock_interval_seconds": 3600, "clock_floor": "10.00""#;
    let path = format!("/api/v1/auctions/{}/takes", house.lot(clock));
    house.post(&house.person("Ann"), &path, &offer("49.00"))
}
