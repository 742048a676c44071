//! Buy now beside an ascending auction.

use crate::scene::*;
use auction::{Actor, Amount, Deed, Format, Refusal, Span, Terms, Which};

fn at_100(reserve: Option<i64>) -> Terms {
    let (buy_now, reserve) = (Some(Amount(10_000)), reserve.map(Amount));
    Terms { buy_now, reserve, ..ascending() }
}

#[test]
fn buying_ends_the_auction_at_that_price() {
    let at = OPENS + Span::hours(1);
    let mut scene = Scene::new(at_100(None));
    scene.buy_now(ANN, at).unwrap();
    assert_eq!((scene.outcome(), scene.ends_at()), (sold(ANN, 10_000), at));
    assert_eq!(scene.close(ENDS), None);
}

#[test]
fn it_is_gone_at_the_first_bid() {
    let mut scene = Scene::new(at_100(None));
    scene.offered(ANN, 1_000);
    assert_eq!(scene.buy_now(BEN, OPENS), Err(Refusal::BuyNowGone));
    assert_eq!(scene.buy_now(ANN, OPENS), Err(Refusal::BuyNowGone));
}

#[test]
fn with_a_reserve_it_is_gone_when_that_is_met() {
    for (maximum, gone) in [(4_999, false), (5_000, true), (5_001, true)] {
        let mut scene = Scene::new(at_100(Some(5_000)));
        scene.offered(ANN, maximum);
        let refused = gone.then_some(Refusal::BuyNowGone);
        assert_eq!(scene.buy_now(BEN, OPENS).err(), refused, "{maximum}");
    }
}

#[test]
fn a_raise_that_meets_the_reserve_takes_it_away() {
    let mut scene = Scene::new(at_100(Some(5_000)));
    scene.offered(ANN, 2_000);
    scene.offered(ANN, 5_000);
    assert_eq!(scene.buy_now(BEN, OPENS), Err(Refusal::BuyNowGone));
}

/// Lowering the reserve to the price meets it, but once left buy now on offer below or beside a met reserve.
#[test]
fn a_reserve_lowered_to_the_price_is_met_and_takes_it_away() {
    for (to, gone) in [(2_051, false), (2_050, true), (1_000, true)] {
        let mut scene = Scene::new(at_100(Some(5_000)));
        scene.offered(ANN, 3_000);
        scene.offered(BEN, 2_000);
        scene.lower_reserve(to, OPENS).unwrap();
        let refused = gone.then_some(Refusal::BuyNowGone);
        assert_eq!(scene.buy_now(CLEO, OPENS).err(), refused, "{to}");
    }
}

/// Folding again can lift the price: Ann's raise counts as an offer against Ben's once its base is cancelled.
#[test]
fn a_reserve_met_by_folding_again_takes_it_away() {
    let mut scene = Scene::new(at_100(Some(9_000)));
    let base = scene.offered(ANN, 5_000);
    scene.offered(BEN, 5_000);
    scene.offered(ANN, 8_000);
    scene.lower_reserve(5_001, OPENS).unwrap();
    assert_eq!(scene.auction.reserve_met(), Some(false));
    scene.cancel(ANN, Which::One(base), OPENS).unwrap();
    assert_eq!(scene.auction.reserve_met(), Some(true));
    assert_eq!(scene.buy_now(CLEO, OPENS), Err(Refusal::BuyNowGone));
}

#[test]
fn it_does_not_return_after_a_retraction() {
    for reserve in [None, Some(5_000)] {
        let mut scene = Scene::new(at_100(reserve));
        scene.offered(ANN, 6_000);
        scene.retract(ANN, OPENS).unwrap();
        assert_eq!(scene.price(), None);
        assert_eq!(scene.buy_now(BEN, OPENS), Err(Refusal::BuyNowGone));
    }
}

#[test]
fn it_stays_when_a_bid_below_the_reserve_is_taken_back() {
    let mut scene = Scene::new(at_100(Some(5_000)));
    scene.offered(ANN, 2_000);
    scene.retract(ANN, OPENS).unwrap();
    scene.buy_now(BEN, OPENS).unwrap();
    assert_eq!(scene.outcome(), sold(BEN, 10_000));
}

#[test]
fn two_buyers_at_once_give_one_sale() {
    let mut scene = Scene::new(at_100(None));
    scene.buy_now(ANN, OPENS).unwrap();
    assert!(matches!(scene.buy_now(BEN, OPENS), Err(Refusal::NotOpen { .. })));
    assert_eq!(scene.outcome(), sold(ANN, 10_000));
    assert_eq!(scene.entries.iter().filter(|entry| entry.accepted()).count(), 1);
}

#[test]
fn the_leader_below_the_reserve_may_buy_and_so_may_anybody_else() {
    for buyer in [ANN, BEN] {
        let mut scene = Scene::new(at_100(Some(5_000)));
        scene.offered(ANN, 2_000);
        scene.buy_now(buyer, OPENS).unwrap();
        assert_eq!(scene.outcome(), sold(buyer, 10_000));
    }
}

#[test]
fn it_is_open_as_long_as_the_auction() {
    for (at, good) in [(OPENS - MICRO, false), (OPENS, true), (ENDS - MICRO, true), (ENDS, false)] {
        let mut scene = Scene::new(at_100(None));
        assert_eq!(scene.buy_now(ANN, at).is_ok(), good, "{at:?}");
    }
}

#[test]
fn where_there_is_none_nobody_buys() {
    let mut scene = Scene::new(ascending());
    let answer = scene.give(Actor::Person(ANN), Deed::BuyNow, OPENS);
    assert_eq!(answer, Err(Refusal::NotInThisFormat));
}

#[test]
fn it_is_above_the_start_price_and_not_below_the_reserve() {
    let rows = [
        (1_000, None, false),
        (1_001, None, true),
        (4_999, Some(5_000), false),
        (5_000, Some(5_000), true),
        (5_001, Some(5_000), true),
    ];
    for (buy_now, reserve, good) in rows {
        let (buy_now, reserve) = (Some(Amount(buy_now)), reserve.map(Amount));
        let terms = Terms { buy_now, reserve, ..ascending() };
        assert_eq!(terms.problems().is_empty(), good, "{terms:?}");
    }
    for format in [Format::Reverse, Format::SealedFirstPrice, Format::SealedSecondPrice] {
        let terms = Terms { buy_now: Some(Amount(5_000)), ..terms(format) };
        assert!(!terms.problems().is_empty());
    }
}
