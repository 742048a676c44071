//! Pulses show who is level, and who is not becomes it by asking.

use crate::town::item;
use crate::{Lamp, offer};
use auction::{Amount, Span};
use federation::wire::Body;
use market::Treatment;
use market::show::Reach;

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_never_came_and_has_no_successor_is_asked_for_after_the_pulse() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, bob, lamp, there, .. } = &scene;
    let ann = oak.person("ann").await;
    assert!(oak.pulse().await);
    elm.hear_pulse(oak).await;
    elm.treat(oak, Treatment::Block).await;
    oak.market.place_bid(&ann, offer(*lamp, 9, "20")).await.unwrap();
    oak.tell().await;
    elm.hear_passed("blocked", 1).await;
    elm.treat(oak, Treatment::Show).await;
    assert_eq!(elm.page(bob, *there).await.shown.price, None);

    // Half a minute after a decision there is a pulse.
    oak.later(Span::seconds(29));
    assert!(!oak.pulse().await);
    oak.later(Span::seconds(1));
    elm.later(Span::seconds(30));
    assert!(oak.pulse().await);
    elm.hear_pulse(oak).await;
    elm.tell().await;
    oak.hear_asked(1).await;
    oak.tell().await;
    elm.hear_entry(*there, 1).await;
    assert_eq!(elm.page(bob, *there).await.shown.price, Some(Amount(1_000)));

    // Now they are level, so nobody asks again.
    oak.later(Span::minutes(10));
    elm.later(Span::minutes(10));
    assert!(oak.pulse().await);
    elm.hear_pulse(oak).await;
    elm.tell().await;
    assert_eq!(wanted(elm.said().await), 1);
    scene.close().await;
}

fn wanted(said: Vec<(hub::PublicKey, Body)>) -> usize {
    said.iter().filter(|(_, body)| matches!(body, Body::Wanted(_))).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auction_that_was_never_heard_of_is_asked_for() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, sue, .. } = &scene;
    elm.treat(oak, Treatment::Block).await;
    oak.market.list_item(sue, oak.market.fresh_id(), item()).await.unwrap();
    oak.tell().await;
    elm.hear_passed("blocked", 1).await;
    elm.treat(oak, Treatment::Show).await;
    oak.pulse().await;
    elm.hear_pulse(oak).await;
    elm.tell().await;
    oak.hear_wanted_all().await;
    oak.tell().await;
    elm.hear_until(|rows| rows.len() == 2).await;
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_auction_is_told_again_once_a_day() {
    let scene = Lamp::listed().await;
    let oak = &scene.oak;
    let listings = async || {
        oak.tell().await;
        let is_listing = |(_, body): &&(hub::PublicKey, Body)| matches!(body, Body::Listing(_));
        oak.said().await.iter().filter(is_listing).count()
    };
    for (hours, expected) in [(0, 1), (22, 1), (2, 2), (22, 2), (2, 3)] {
        oak.later(Span::hours(hours));
        assert_eq!(listings().await, expected, "after {hours} h more");
    }
    oak.later(Span::days(8));
    oak.market.beat().await.unwrap();
    oak.market.close_due().await.unwrap();
    let told = listings().await;
    oak.later(Span::days(8));
    assert_eq!(listings().await, told, "what is over is not told again");
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_asked_once_a_minute_however_often_it_differs() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, .. } = &scene;
    for second in 1..=119 {
        oak.later(Span::seconds(1));
        elm.later(Span::seconds(1));
        // Whatever it counts, nobody else has it.
        let at = federation::wire::Moment::nearest(oak.market.now());
        let digest = federation::wire::Hash([7; 32]);
        oak.say(vec![Body::Pulse(federation::wire::Pulse { at, live: 1, digest })]).await;
        elm.hear_pulse(oak).await;
        elm.tell().await;
        let expected = if second < 61 { 1 } else { 2 };
        assert_eq!(wanted(elm.said().await), expected, "after {second} s");
    }
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_how_old_it_is_and_when_its_site_is_out_of_reach_or_lost() {
    let scene = Lamp::listed().await;
    let Lamp { oak, elm, bob, there, .. } = &scene;
    oak.pulse().await;
    elm.hear_pulse(oak).await;
    let origin = async || elm.page(bob, *there).await.origin.unwrap();
    let silences = [
        (Span::minutes(3), Reach::There),
        (Span::minutes(22), Reach::There),
        (Span::minutes(1), Reach::OutOfReach),
        (Span::minutes(14 * 24 * 60 - 26), Reach::OutOfReach),
        (Span::minutes(1), Reach::Lost),
    ];
    let mut silent = Span::ZERO;
    for (more, expected) in silences {
        silent = silent + more;
        elm.later(more);
        let shown = origin().await;
        assert_eq!((shown.confirmed, shown.reach), (oak.market.now(), expected), "after {silent:?}");
    }
    oak.later(silent);
    assert!(oak.pulse().await);
    elm.hear_pulse(oak).await;
    assert_eq!(origin().await.reach, Reach::There);
    scene.close().await;
}
