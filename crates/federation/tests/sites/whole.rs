//! The whole walk of a bid from another site.

use crate::offer;
use crate::town::{Town, item};
use auction::{Amount, Outcome, Progress};
use market::actions::Placed;
use market::show::{Listing, SentState};

#[tokio::test(flavor = "multi_thread")]
async fn an_item_of_one_site_is_bid_on_at_another_and_sold_by_the_first() {
    let oak = Town::open(1, None).await;
    let elm = Town::open(2, Some(&oak)).await;
    let (sue, ann) = (oak.person("sue").await, oak.person("ann").await);
    let bob = elm.person("bob").await;
    let lamp = oak.market.list_item(&sue, oak.market.fresh_id(), item()).await.unwrap();
    oak.tell().await;

    // It is seen at elm, as one of oak's.
    elm.hear_until(|rows| rows.len() == 1).await;
    let rows = elm.market.list(None, Listing::Open, None, 9).await.unwrap();
    let there = rows[0].id;
    assert_eq!((rows[0].title.as_str(), rows[0].site.as_deref()), ("Lamp", Some("oak")));

    // Bob bids there; nothing is decided before oak has.
    let placed = elm.market.place_bid(&bob, offer(there, 1, "50")).await.unwrap();
    assert!(matches!(placed, Placed::Sent(_)));
    assert_eq!(elm.page(&bob, there).await.shown.price, None);
    elm.tell().await;
    oak.hear_offers(lamp, 1).await;
    oak.tell().await;
    elm.hear_entry(there, 1).await;
    let page = elm.page(&bob, there).await;
    assert!(matches!(page.own.sent[0].state, SentState::Accepted { entry: 1, .. }));
    assert_eq!((page.shown.price, page.own.leading), (Some(Amount(1000)), true));

    // Ann of oak goes beyond; at elm she has a name of oak.
    let placed = oak.market.place_bid(&ann, offer(lamp, 1, "60")).await.unwrap();
    assert!(matches!(placed, Placed::Decided(receipt) if receipt.leading));
    oak.tell().await;
    elm.hear_entry(there, 2).await;
    let page = elm.page(&bob, there).await;
    assert_eq!((page.shown.price, page.own.leading), (Some(Amount(5100)), false));
    assert!(page.leader.unwrap().ends_with(" of oak"));

    // Too little is refused there, and the reason comes back.
    elm.market.place_bid(&bob, offer(there, 2, "51")).await.unwrap();
    elm.tell().await;
    oak.hear_last(lamp, 3).await;
    oak.tell().await;
    elm.hear_entry(there, 3).await;
    let refused = elm.page(&bob, there).await.own.sent[0].state.clone();
    assert!(matches!(refused, SentState::Refused { entry: Some(3), code, .. } if code == "too_low"));

    // Bob wins; oak closes, and elm records it.
    elm.market.place_bid(&bob, offer(there, 3, "80")).await.unwrap();
    elm.tell().await;
    oak.hear_last(lamp, 4).await;
    oak.later(auction::Span::days(8));
    assert_eq!(oak.market.close_due().await.unwrap(), 1);
    oak.tell().await;
    elm.hear_entry(there, 5).await;
    let page = elm.page(&bob, there).await;
    assert_eq!(page.shown.progress, Progress::Sold);
    assert!(matches!(page.shown.outcome,
        Some(Outcome::Sold { winner, price }) if winner == bob.person && price == Amount(6100)));
    let at_oak = oak.page(&sue, lamp).await;
    assert!(at_oak.leader.unwrap().ends_with(" of elm"));
    assert_eq!(at_oak.shown.price, page.shown.price);
    elm.close().await;
    oak.close().await;
}
