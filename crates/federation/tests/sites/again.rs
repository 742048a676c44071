//! What got lost on the way is made good: bids are sent again, verdicts told again, holes filled.

use crate::{Lamp, offer};
use auction::{Amount, Span};
use federation::wire::{Body, Hash, Moment, Pulse};
use market::Treatment;
use market::show::SentState;

#[tokio::test(flavor = "multi_thread")]
async fn a_bid_that_never_came_is_sent_again_when_its_site_has_decided_something_else() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, sue, bob, lamp, there } = &scene;
    let ann = oak.person("ann").await;
    oak.treat(elm, Treatment::Block).await;
    elm.market.place_bid(bob, offer(*there, 1, "50")).await.unwrap();
    elm.tell().await;
    oak.hear_passed("blocked", 1).await;
    oak.treat(elm, Treatment::Show).await;

    // Nothing was decided meanwhile, so there is nothing to wonder about.
    elm.later(Span::minutes(1));
    elm.tell().await;
    assert_eq!(bids(elm.said().await), 1);
    oak.market.place_bid(&ann, offer(*lamp, 9, "20")).await.unwrap();
    oak.tell().await;
    elm.hear_entry(*there, 1).await;
    elm.tell().await;
    assert_eq!(bids(elm.said().await), 2);
    oak.hear_last(*lamp, 2).await;
    oak.tell().await;
    assert!(matches!(elm.hear_ruled(bob, *there).await, SentState::Accepted { entry: 2, .. }));
    assert_eq!(oak.page(sue, *lamp).await.shown.price, Some(Amount(2_050)));

    // It was ruled on, so it is not sent any more.
    elm.later(Span::hours(1));
    elm.tell().await;
    assert_eq!(bids(elm.said().await), 2);
    scene.close().await;
}

fn bids(said: Vec<(hub::PublicKey, Body)>) -> usize {
    said.iter().filter(|(_, body)| matches!(body, Body::Bid(_))).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bid_on_which_nobody_rules_is_sent_eight_times_in_an_hour_and_not_more() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, bob, there, .. } = &scene;
    oak.treat(elm, Treatment::Block).await;
    elm.market.place_bid(bob, offer(*there, 1, "50")).await.unwrap();
    let mut sent = Vec::new();
    for _ in 0..30 {
        elm.tell().await;
        sent.push(bids(elm.said().await));
        let later = Span::minutes(5);
        elm.later(later);
        oak.later(later);
        // Oak is there, as anybody can hear.
        if oak.pulse().await {
            elm.hear_pulse(oak).await;
        }
    }
    assert_eq!(sent.last(), Some(&8), "{sent:?}");
    assert!(sent.windows(2).all(|pair| pair[1] - pair[0] <= 1), "{sent:?}");
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_that_never_came_is_told_again_and_the_hole_is_filled() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, sue, bob, lamp, there } = &scene;
    let ann = oak.person("ann").await;
    scene.bob_bids(1, "50", 1).await;
    elm.treat(oak, Treatment::Block).await;
    oak.tell().await;
    elm.hear_passed("blocked", 1).await;
    elm.treat(oak, Treatment::Show).await;
    assert_eq!(elm.page(bob, *there).await.own.sent[0].state, SentState::Waiting);

    // The next decision shows that one is missing.
    oak.market.place_bid(&ann, offer(*lamp, 9, "20")).await.unwrap();
    oak.tell().await;
    elm.hear_entry(*there, 2).await;
    assert_eq!(elm.page(bob, *there).await.shown.price, Some(Amount(2_050)));
    assert_eq!(elm.history(*there).await, [2]);
    elm.later(Span::seconds(30));
    oak.later(Span::seconds(30));
    elm.tell().await;
    oak.hear_verdicts(1).await;
    oak.tell().await;
    assert!(matches!(elm.hear_ruled(bob, *there).await, SentState::Accepted { entry: 1, .. }));
    elm.hear_history(*there, &[2, 1]).await;
    assert_eq!(oak.page(sue, *lamp).await.last_entry, 2);

    // Twice within a moment is told once.
    let bid = elm.said().await.into_iter().rev().find(|(_, body)| matches!(body, Body::Bid(_))).unwrap().1;
    elm.say(vec![bid.clone(), bid]).await;
    let (at, digest) = (Moment::nearest(elm.market.now()), Hash::ZERO);
    elm.say(vec![Body::Pulse(Pulse { at, live: 0, digest })]).await;
    oak.hear_pulse(elm).await;
    assert_eq!(oak.verdicts().await.len(), 1);
    scene.close().await;
}
