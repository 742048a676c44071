//! Every way of saying no is provoked through HTTP: code, status, words, and no secret in any of them.
//!
//! The router is the real one, over a market whose clock the test sets: some refusals need hours to go by.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "refusals/accounts.rs"]
mod accounts;
#[path = "refusals/bidding.rs"]
mod bidding;
#[path = "refusals/broken.rs"]
mod broken;
#[path = "refusals/house.rs"]
mod house;
#[path = "refusals/selling.rs"]
mod selling;

use house::{House, SECRETS, Told};
use site::answer::{Row, rows};

/// A story that ends with a refusal.
type Story = fn(&House) -> Told;

/// The story of each code.
fn stories() -> Vec<(&'static str, Story)> {
    [accounts::STORIES, bidding::STORIES, selling::STORIES, broken::STORIES].concat()
}

#[test]
fn every_refusal_is_provoked_and_told_as_documented() {
    let stories = stories();
    for row in rows() {
        let own: Vec<_> = stories.iter().filter(|(code, _)| *code == row.code).collect();
        assert!(!own.is_empty(), "nobody provokes {:?}: write a story for it", row.code);
        for (_, story) in own {
            let house = House::open("");
            told_well(row, &story(&house), &house);
        }
    }
    let strange = stories.iter().find(|(code, _)| !rows().iter().any(|row| row.code == *code));
    assert!(strange.is_none(), "a story ends with {strange:?}, which is no refusal");
}

fn told_well(row: &Row, told: &Told, house: &House) {
    let (code, text) = (row.code, told.text());
    assert_eq!(told.status, row.status.as_u16(), "{code}: {text}");
    // A form that another site has sent is answered with a page: programs send none.
    if code != "cross_site" {
        assert_eq!(told.header("content-type"), "application/problem+json", "{code}");
        let problem = told.json();
        assert_eq!(problem["code"], code, "{text}");
        assert_eq!(problem["status"], row.status.as_u16());
        assert_eq!(problem["type"], format!("/api/v1/refusals#{code}"));
        assert!(problem["title"].as_str().unwrap().len() > 10, "{code} has no words: {text}");
    }
    let own = if code == "not_above_own" { house::ANNS_MAXIMUM } else { "" };
    let secrets = SECRETS.iter().copied().filter(|secret| *secret != own);
    for secret in secrets.chain(house.keys().iter().map(String::as_str)) {
        assert!(!text.contains(secret), "{code} tells {secret}: {text}");
    }
}

#[test]
fn refusals_say_when_to_come_back_which_key_to_show_and_what_would_do() {
    let house = House::open("");
    let told = accounts::too_many(&house);
    assert!((1..=60).contains(&told.header("retry-after").parse::<u32>().unwrap()));
    assert_eq!(house.get("", "/api/v1/me").header("www-authenticate"), "Bearer");
    assert_eq!(house.ask("PATCH", "", "/api/v1/me", "").header("allow"), "GET,HEAD");
    let told = bidding::too_low(&house);
    assert_eq!((&told.json()["amount"], &told.json()["currency"]), (&"10.50".into(), &"EUR".into()));
}

#[test]
fn a_refusal_that_is_an_entry_is_the_same_when_it_is_asked_for_again() {
    let house = House::open("");
    let (ann, bob) = (house.person("Ann"), house.person("Bob"));
    let lot = house.lot("");
    house.bid(&ann, lot, house::ANNS_MAXIMUM).done();
    let low = house.bid_under("low", &bob, lot, "10.10");
    house.bid(&bob, lot, "100.00").done();
    assert_eq!(house.bid_under("low", &bob, lot, "10.10"), low);
}

#[test]
fn a_stranger_never_sees_a_maximum_a_reserve_or_an_address() {
    let house = House::open("");
    let (ann, bob) = (house.person("Ann"), house.person("Bob"));
    let lot = house.lot(house::RESERVE);
    house.bid(&ann, lot, house::ANNS_MAXIMUM).done();
    house.bid(&bob, lot, "50.00").done();
    let sealed = house.lot(r#""format": "sealed_second_price""#);
    house.bid(&ann, sealed, house::ANNS_MAXIMUM).done();
    for key in ["", bob.as_str()] {
        for path in [
            "/api/v1/auctions".to_owned(),
            format!("/api/v1/auctions/{lot}"),
            format!("/api/v1/auctions/{lot}/entries"),
            format!("/api/v1/auctions/{sealed}"),
            format!("/api/v1/auctions/{sealed}/entries"),
        ] {
            let text = house.get(key, &path).done().text();
            let told = SECRETS.iter().find(|secret| text.contains(**secret));
            assert!(told.is_none(), "{path} tells {told:?}: {text}");
        }
    }
}
