//! At the door: what was sent, who asks, and what that allows.

use crate::Story;
use crate::house::{ANNS_MAXIMUM, House, PASSWORD, Told};
use axum::body::Body;
use axum::http::Request;
use market::{Role, Scopes};
use std::convert::Infallible;

pub(crate) const STORIES: &[(&str, Story)] = &[
    ("not_found", |house| house.get("", "/api/v1/nothing")),
    ("method_not_allowed", |house| house.ask("PATCH", "", "/api/v1/me", "")),
    ("too_large", |house| house.post("", "/api/v1/people", &"x".repeat(70_000))),
    ("too_slow", too_slow),
    ("cross_site", cross_site),
    ("too_many", too_many),
    ("too_many", too_many_bids),
    ("malformed", malformed),
    ("malformed", |house| house.bid(&house.person("Ann"), house.lot(""), "1e5")),
    ("sign_in_needed", |house| house.get("", "/api/v1/me")),
    ("sign_in_needed", |house| house.get("aat_nobody", "/api/v1/me")),
    ("wrong_sign_in", |house| sign_in(house, "nobody@example.org")),
    ("not_confirmed", not_confirmed),
    ("missing_scope", missing_scope),
    ("not_permitted", |house| house.get(&house.person("Ann"), "/api/v1/moderation/people")),
    ("registration_closed", registration_closed),
    ("link_expired", |house| house.post("", "/api/v1/confirmations", r#"{"key": "0000"}"#)),
    ("no_such_person", no_such_person),
    ("no_such_token", |house| house.ask("DELETE", &house.person("Ann"), "/api/v1/tokens/999", "")),
];

fn register(house: &House, email: &str) -> Told {
    let body = format!(r#"{{"email": "{email}", "name": "Ann", "password": "{PASSWORD}"}}"#);
    house.post("", "/api/v1/people", &body)
}

fn sign_in(house: &House, email: &str) -> Told {
    house.post("", "/api/v1/sessions", &format!(r#"{{"email": "{email}", "password": "{PASSWORD}"}}"#))
}

fn cross_site(house: &House) -> Told {
    let request = Request::post("/sign-in")
        .header("sec-fetch-site", "cross-site")
        .header("content-type", "application/x-www-form-urlencoded");
    house.send(request, "", "email=ann%40example.org&password=x")
}

/// A body that never comes kept its connection open for ever.
fn too_slow(_: &House) -> Told {
    let house = House::open("[limits]\nbody_seconds = 1");
    let never = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, Infallible>>());
    house.send_body(Request::post("/api/v1/sessions"), never)
}

/// Eleven letters in a minute.
pub(crate) fn too_many(house: &House) -> Told {
    let ask = || house.post("", "/api/v1/password-resets", r#"{"email": "ann@example.org"}"#);
    (0..10).for_each(|_| drop(ask().done()));
    ask()
}

/// More bids than the settings allow. Limits on bids have a clock of their own, so it is a site with a small one.
fn too_many_bids(_: &House) -> Told {
    let house = House::open("[limits]\nbids_per_second_per_person = 1\nbids_burst_per_person = 1");
    let (ann, lot) = (house.person("Ann"), house.lot(""));
    let both = [house.bid(&ann, lot, "12.00"), house.bid(&ann, lot, ANNS_MAXIMUM)];
    let [_, second] = both;
    second
}

/// Every field is named, as it was sent.
fn malformed(house: &House) -> Told {
    let item = r#"{"title": "", "start_price": "NaN", "duration_seconds": 86400,
        "extension_window_seconds": 1, "extension_cap_seconds": 0}"#;
    let told = house.post(&house.person("Ann"), "/api/v1/auctions", item);
    let fields: Vec<_> =
        told.json()["fields"].as_array().unwrap().iter().map(|f| f["field"].clone()).collect();
    assert!(
        ["title", "start_price", "extension_window_seconds"]
            .iter()
            .all(|name| fields.contains(&(*name).into()))
    );
    told
}

fn not_confirmed(house: &House) -> Told {
    register(house, "ann@example.org").done();
    sign_in(house, "ann@example.org")
}

fn missing_scope(house: &House) -> Told {
    let reader = house.somebody("Ann", Role::User, Scopes::parse("read").unwrap());
    house.bid(&reader, house.lot(""), "12.00")
}

fn registration_closed(_: &House) -> Told {
    register(&House::open("registration = \"closed\""), "ann@example.org")
}

fn no_such_person(house: &House) -> Told {
    let moderator = house.somebody("Mo", Role::Moderator, Scopes::ALL);
    house.ask("PUT", &moderator, "/api/v1/moderation/people/999/suspension", r#"{"reason": "Nobody"}"#)
}
