//! Watching auctions of the real program.

#![allow(clippy::unwrap_used, missing_docs)]

mod town;

use town::{Events, Place, Site, short_lot, until};

#[test]
fn an_address_opens_so_many_streams_and_one_that_breaks_makes_room() {
    let place = Place::new("");
    let mut serve = place.command(Site::program(), &["serve"]);
    serve.env("ANUKO_AUCTION_LIMITS_STREAMS_PER_ADDRESS", "2");
    let site = Site::open(serve, &place.path("log"));
    let mut sue = site.client(&place.person("Sue", "user"));
    let lot =
        sue.post("/api/v1/auctions", &short_lot("A clock", 600, 60)).expect(201)["id"].as_i64().unwrap();

    let mut first = Events::watch(site.port, lot, None);
    let second = Events::watch(site.port, lot, None);
    let events = format!("/api/v1/auctions/{lot}/events");
    let refused = site.stranger().get(&events);
    assert_eq!(refused.expect(429)["code"], "too_many");
    assert!(refused.header("retry-after").is_some());
    assert!(first.next().is_some(), "those who watch already are left alone");

    // Its connection just goes away, as that of a closed tab does.
    drop(second);
    until("room for another", || (site.stranger().get(&events).status == 200).then_some(()));
}
