//! A site that was restored from an old copy becomes level from its neighbours' logs.

use crate::offer;
use crate::town::{NOON, Town, copy, item};
use auction::{Amount, Span};
use federation::wire::Body;
use federation::{Limits, Recovered};
use market::show::{Listing, SentState};
use market::{Identity, Refusal};

fn rules_on(auction: i64, last: u32) -> impl Fn(&Body) -> bool {
    move |body| matches!(body, Body::Rulings(told) if told.auction == auction as u64 && told.last() == last)
}

async fn list(town: &Town, seller: &Identity) -> i64 {
    let listed = town.market.list_item(seller, town.market.fresh_id(), item()).await.unwrap();
    town.tell().await;
    listed
}

#[tokio::test(flavor = "multi_thread")]
async fn an_origin_takes_back_what_it_had_decided_before_it_decides_anything() {
    let elm = Town::open(2, None).await;
    let oak = Town::open(1, Some(&elm)).await;
    let (sue, ann) = (oak.person("sue").await, oak.person("ann").await);
    let (bob, cy) = (elm.person("bob").await, elm.person("cy").await);
    let lamp = list(&oak, &sue).await;
    elm.hear_until(|rows| rows.len() == 1).await;
    let there = elm.market.list(None, Listing::Open, None, 9).await.unwrap()[0].id;
    elm.market.place_bid(&bob, offer(there, 1, "20")).await.unwrap();
    elm.tell().await;
    oak.hear_last(lamp, 1).await;
    oak.tell().await;
    elm.hear_entry(there, 1).await;

    // A copy is made. Then ann and cy bid, the seller blocks nobody and lowers nothing, and another lamp is sold.
    let folder = oak.close_keeping().await;
    let old = copy(&folder);
    let oak = Town::open_in(folder, 1, Some(&elm), Limits::default(), NOON).await;
    oak.market.place_bid(&ann, offer(lamp, 9, "30")).await.unwrap();
    elm.market.place_bid(&cy, offer(there, 2, "50")).await.unwrap();
    elm.market.place_bid(&bob, offer(there, 3, "45")).await.unwrap();
    elm.tell().await;
    oak.hear_last(lamp, 4).await;
    let vase = list(&oak, &sue).await;
    oak.market.place_bid(&ann, offer(vase, 8, "12")).await.unwrap();
    oak.tell().await;
    elm.hear_entry(there, 4).await;
    elm.hear_from(&oak, rules_on(vase, 1), 1).await;
    let decided = (oak.entries(lamp).await, oak.entries(vase).await);
    assert_eq!((decided.0.len(), decided.1.len()), (4, 1));
    drop(oak.close_keeping().await);

    // An hour later the copy is all that there is.
    let later = NOON + Span::hours(1);
    let oak = Town::open_in(old, 1, Some(&elm), Limits::default(), later).await;
    oak.market.hold();
    let early = oak.market.place_bid(&ann, offer(lamp, 7, "99")).await;
    assert!(matches!(early, Err(Refusal::Unavailable(_))));
    assert_eq!(oak.entries(lamp).await.len(), 1);
    let taken = oak.catch_up(rules_on(vase, 1)).await;
    assert_eq!(taken, Recovered { auctions: 1, entries: 4, failed: 0 });
    assert_eq!((oak.entries(lamp).await, oak.entries(vase).await), decided);

    // The bids that are heard again have no second effect, and what is decided now follows what everybody knows.
    elm.later(Span::hours(1));
    elm.market.place_bid(&cy, offer(there, 4, "60")).await.unwrap();
    elm.tell().await;
    oak.hear_last(lamp, 5).await;
    oak.tell().await;
    elm.hear_entry(there, 5).await;
    assert!(matches!(elm.hear_ruled(&cy, there).await, SentState::Accepted { entry: 5, .. }));
    assert_eq!((elm.passed("chain").await, elm.passed("contradiction").await), (0, 0));
    assert_eq!(oak.entries(lamp).await.len(), 5);
    let (at_oak, at_elm) = (oak.page(&sue, lamp).await, elm.page(&bob, there).await);
    assert_eq!((at_oak.shown.price, at_elm.shown.price), (Some(Amount(4_600)), Some(Amount(4_600))));
    // No number is given twice.
    let next = list(&oak, &sue).await;
    assert!(next > vase, "{next}");
    elm.close().await;
    oak.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_origin_that_nobody_answers_goes_on_with_what_it_has() {
    let oak = Town::open(1, None).await;
    let (sue, ann) = (oak.person("sue").await, oak.person("ann").await);
    let lamp = list(&oak, &sue).await;
    oak.market.hold();
    let taken = oak.catch_up(|body| matches!(body, Body::Listing(_))).await;
    assert_eq!(taken, Recovered::default());
    oak.market.place_bid(&ann, offer(lamp, 1, "20")).await.unwrap();
    assert_eq!(oak.entries(lamp).await.len(), 1);
    oak.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bidders_site_becomes_level_and_gives_a_bidder_the_same_number_again() {
    let oak = Town::open(1, None).await;
    let elm = Town::open(2, Some(&oak)).await;
    let sue = oak.person("sue").await;
    let (bob, cy, dee) = (elm.person("bob").await, elm.person("cy").await, elm.person("dee").await);
    let lamp = list(&oak, &sue).await;
    elm.hear_until(|rows| rows.len() == 1).await;
    let there = elm.market.list(None, Listing::Open, None, 9).await.unwrap()[0].id;
    let bid = async |elm: &Town, who: &Identity, id, amount, entry| {
        elm.market.place_bid(who, offer(there, id, amount)).await.unwrap();
        elm.tell().await;
        oak.hear_last(lamp, entry).await;
        oak.tell().await;
        elm.hear_entry(there, entry).await;
    };
    bid(&elm, &bob, 1, "20", 1).await;
    let folder = elm.close_keeping().await;
    let old = copy(&folder);
    let elm = Town::open_in(folder, 2, Some(&oak), Limits::default(), NOON).await;
    bid(&elm, &cy, 2, "50", 2).await;
    let before = elm.page(&bob, there).await;
    let number = async |elm: &Town, who: &Identity| elm.page(who, there).await.own.sent[0].bidder;
    let given = number(&elm, &cy).await;
    drop(elm.close_keeping().await);

    let elm = Town::open_in(old, 2, Some(&oak), Limits::default(), NOON).await;
    elm.hear_entry(there, 2).await;
    let after = elm.page(&bob, there).await;
    assert_eq!((after.shown.price, after.shown.offers), (before.shown.price, before.shown.offers));
    assert!(!after.own.leading);
    // The bid of cy is nobody's here any more. His next one comes under the same number, and nobody else has that.
    bid(&elm, &dee, 3, "60", 3).await;
    bid(&elm, &cy, 4, "70", 4).await;
    let again = number(&elm, &cy).await;
    assert_eq!(again, given);
    assert_ne!(number(&elm, &dee).await, again);
    assert!(elm.page(&cy, there).await.own.leading);
    elm.close().await;
    oak.close().await;
}
