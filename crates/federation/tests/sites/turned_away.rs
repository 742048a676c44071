//! Bids that are refused before they are an entry: their sites learn it, and why.

use crate::{Lamp, offer};
use auction::{Amount, Refusal};
use federation::wire::{Bid, BidId, Body, Hash, Verdict};
use market::Treatment;
use market::show::SentState;

fn code(state: &SentState) -> (Option<u32>, &str) {
    match state {
        SentState::Refused { entry, code, .. } => (*entry, code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_guest_is_told_so_and_told_the_same_when_asked_again() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, sue, bob, lamp, there } = &scene;
    scene.bob_bids(1, "20", 1).await;
    let number = elm.page(bob, *there).await.own.sent[0].bidder;
    oak.market.block(sue, *lamp, number, true).await.unwrap();

    elm.market.place_bid(bob, offer(*there, 2, "30")).await.unwrap();
    elm.tell().await;
    oak.hear_verdicts(1).await;
    oak.market.block(sue, *lamp, number, false).await.unwrap();
    oak.tell().await;
    let state = elm.hear_ruled(bob, *there).await;
    assert_eq!(code(&state), (None, "blocked"));
    assert!(matches!(state, SentState::Refused { refusal: Some(Refusal::Blocked), .. }));

    // The same bid again, word for word, now that nobody is blocked: it has been refused.
    let mut again = elm.said().await.into_iter().filter_map(|(_, body)| match body {
        Body::Bid(bid) => Some(*bid),
        _ => None,
    });
    let again = again.next_back().unwrap();
    oak.later(auction::Span::seconds(30));
    elm.say(vec![Body::Bid(Box::new(again))]).await;
    oak.hear_verdicts(2).await;
    assert_eq!(oak.page(sue, *lamp).await.last_entry, 1);
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_whose_bids_are_not_taken_is_told_so() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, bob, there, .. } = &scene;
    oak.treat(elm, Treatment::NoBids).await;
    elm.market.place_bid(bob, offer(*there, 1, "20")).await.unwrap();
    elm.tell().await;
    oak.hear_verdicts(1).await;
    oak.tell().await;
    assert_eq!(code(&elm.hear_ruled(bob, *there).await), (None, "bids_not_taken"));
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opens_nowhere_is_refused_and_counted() {
    let scene = Lamp::listed().await;
    let key = scene.oak.sealing_key(scene.lamp).await;
    let strangers = federation::sealing::SealingSecret::generate([9; 32]).public();
    let bid = |id, auction, key| scene.elm.bid_under(BidId([id; 16]), scene.oak.key(), auction, key, 2_000);
    let good = bid(7, scene.lamp, key);
    let nowhere = bid(7, scene.lamp + 999, key);
    let shut = bid(6, scene.lamp, strangers);
    // The amount is not the one that was promised.
    let altered = Bid { commitment: Hash([5; 32]), bid: BidId([5; 16]), ..good.clone() };
    let say = [nowhere, shut, altered].map(|bid| Body::Bid(Box::new(bid)));
    scene.elm.say(say.to_vec()).await;
    scene.oak.hear_verdicts(3).await;
    let told: Vec<Verdict> = scene.oak.verdicts().await;
    let all: Vec<_> = told.iter().map(|told| (told.bid.0[0], told.n, told.accepted)).collect();
    assert_eq!(all, [(7, None, false), (6, None, false), (5, None, false)]);
    assert_eq!(scene.oak.passed("not_opened").await, 2);

    // And the good one is taken.
    scene.elm.say(vec![Body::Bid(Box::new(good))]).await;
    scene.oak.hear_last(scene.lamp, 1).await;
    assert_eq!(scene.oak.page(&scene.sue, scene.lamp).await.shown.price, Some(Amount(1_000)));
    scene.close().await;
}
