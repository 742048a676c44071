//! Rules 5 and 6: the reserve, lowering it, and the 48 hours after an unmet one.

use crate::scene::*;
use auction::{Amount, Deed, Format, Outcome, Refusal, Span};

const ACCEPT: Deed = Deed::Accept;

#[test]
fn a_maximum_that_reaches_the_reserve_lifts_the_price_to_it() {
    // Reserve 50.00: the maximum, then the price and whether it is met.
    for (maximum, price, met) in [(4_999, 1_000, false), (5_000, 5_000, true), (5_001, 5_000, true)] {
        let mut scene = Scene::new(with_reserve(5_000));
        scene.offered(ANN, maximum);
        assert_eq!(scene.price(), Some(price), "{maximum}");
        assert_eq!(scene.auction.reserve_met(), Some(met), "{maximum}");
        let outcome = if met { sold(ANN, price) } else { Some(Outcome::Unsold) };
        assert_eq!(scene.close(ENDS), outcome, "{maximum}");
    }
}

#[test]
fn a_raise_by_the_leader_that_newly_meets_the_reserve_lifts_the_price() {
    let mut scene = Scene::new(with_reserve(5_000));
    scene.offered(ANN, 2_000);
    scene.offered(ANN, 4_999);
    assert_eq!(scene.price(), Some(1_000));
    scene.offered(ANN, 5_000);
    assert_eq!(scene.stands(), Some((5_000, ANN, 5_000)));
}

#[test]
fn a_reserve_equal_to_the_start_price_is_met_by_the_first_offer() {
    let mut scene = Scene::new(with_reserve(1_000));
    assert_eq!(scene.auction.reserve_met(), Some(false));
    scene.offered(ANN, 1_000);
    assert_eq!(scene.auction.reserve_met(), Some(true));
    assert_eq!(scene.close(ENDS), sold(ANN, 1_000));
}

#[test]
fn the_price_lifted_to_the_reserve_is_the_price_for_the_next_offer() {
    let mut scene = Scene::new(with_reserve(5_000));
    scene.offered(ANN, 6_000);
    assert_eq!(scene.offer(BEN, 5_099, OPENS), Err(too_low(5_100)));
    scene.offered(BEN, 5_100);
    assert_eq!(scene.price(), Some(5_200));
}

#[test]
fn a_met_reserve_does_not_lower_a_price_already_above_it() {
    let mut scene = Scene::new(with_reserve(5_000));
    scene.offered(ANN, 6_000);
    scene.offered(BEN, 7_000);
    assert_eq!(scene.stands(), Some((6_100, BEN, 7_000)));
}

#[test]
fn lowering_the_reserve_cuts_only_a_maximum_that_reaches_a_reserve_above_the_price() {
    // Reserve 90.00. Ann's maximum is 60.00, Ben's 20.00: the price is 20.50. The new reserve, Ann's maximum after, met.
    let rows = [
        (6_002, 6_000, false),
        (6_001, 6_000, false),
        (6_000, 5_999, false),
        (5_999, 5_998, false),
        (2_052, 2_051, false),
        (2_051, 2_050, false),
        (2_050, 6_000, true),
        (2_049, 6_000, true),
        (1_000, 6_000, true),
    ];
    for (to, limit, met) in rows {
        let mut scene = Scene::new(with_reserve(9_000));
        scene.offered(ANN, 6_000);
        scene.offered(BEN, 2_000);
        scene.lower_reserve(to, OPENS).unwrap();
        assert_eq!(scene.stands(), Some((2_050, ANN, limit)), "{to}");
        assert_eq!(scene.auction.reserve_met(), Some(met), "{to}");
        let outcome = if met { sold(ANN, 2_050) } else { Some(Outcome::Unsold) };
        assert_eq!(scene.close(ENDS), outcome, "{to}");
    }
}

#[test]
fn a_reserve_is_lowered_and_never_raised_and_not_below_the_start_price() {
    for (to, good) in [(9_001, false), (9_000, false), (8_999, true), (1_000, true), (999, false), (0, false)]
    {
        for bids in [false, true] {
            let mut scene = Scene::new(with_reserve(9_000));
            if bids {
                scene.offered(ANN, 2_000);
            }
            let answer = scene.lower_reserve(to, OPENS).map(|_| ());
            let expected = if good { Ok(()) } else { Err(Refusal::ReserveNotLower) };
            assert_eq!(answer, expected, "{to}");
        }
    }
}

#[test]
fn dropping_the_reserve_is_lowering_it_to_the_start_price() {
    let mut dropped = Scene::new(with_reserve(9_000));
    let mut lowered = dropped.clone();
    for scene in [&mut dropped, &mut lowered] {
        scene.offered(ANN, 2_000);
    }
    dropped.drop_reserve(OPENS).unwrap();
    lowered.lower_reserve(1_000, OPENS).unwrap();
    assert_eq!(dropped.auction, lowered.auction);
    assert_eq!(dropped.close(ENDS), sold(ANN, 1_000));
    assert_eq!(lowered.auction.reserve_met(), Some(true));
}

#[test]
fn there_is_nothing_to_lower_without_a_reserve() {
    let mut scene = Scene::new(ascending());
    assert_eq!(scene.lower_reserve(1_000, OPENS), Err(Refusal::ReserveNotLower));
    assert_eq!(scene.drop_reserve(OPENS), Err(Refusal::ReserveNotLower));
    let mut dropped = Scene::new(with_reserve(2_000));
    dropped.drop_reserve(OPENS).unwrap();
    assert_eq!(dropped.drop_reserve(OPENS), Err(Refusal::ReserveNotLower));
}

#[test]
fn a_seller_who_lowers_in_steps_does_not_feel_for_a_maximum() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    for to in [6_500, 6_000, 5_500, 3_000] {
        scene.lower_reserve(to, OPENS).unwrap();
        // Had it stayed met or unmet by chance of Ann's maximum, the seller would know it now.
        assert_eq!(scene.auction.reserve_met(), Some(false), "{to}");
        assert_eq!(scene.price(), Some(1_000), "{to}");
    }
    assert_eq!(scene.limit(), Some(2_999));
}

#[test]
fn who_was_cut_can_raise_again_and_then_meets_the_reserve() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.lower_reserve(5_000, OPENS).unwrap();
    assert_eq!(scene.offer(ANN, 4_999, OPENS), Err(not_above_own(4_999)));
    scene.offered(ANN, 5_000);
    assert_eq!(scene.stands(), Some((5_000, ANN, 5_000)));
}

#[test]
fn a_cut_maximum_is_what_the_next_offer_meets() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.lower_reserve(5_000, OPENS).unwrap();
    scene.offered(BEN, 5_000);
    // Ann's 49.99 and a step is 50.99; Ben's maximum is 50.00, which meets the reserve.
    assert_eq!(scene.stands(), Some((5_000, BEN, 5_000)));
}

#[test]
fn a_cut_is_never_below_the_price() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.lower_reserve(1_001, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((1_000, ANN, 1_000)));
}

#[test]
fn a_reserve_lowered_before_the_first_offer_is_the_reserve() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.lower_reserve(2_000, OPENS - Span::hours(1)).unwrap();
    scene.offered(ANN, 2_500);
    assert_eq!(scene.stands(), Some((2_000, ANN, 2_500)));
}

#[test]
fn the_seller_may_accept_the_leader_for_48_hours_at_the_price_shown() {
    let last = ENDS + Span::hours(48);
    for (at, good) in [(ENDS, true), (last - MICRO, true), (last, true), (last + MICRO, false)] {
        let mut scene = Scene::new(with_reserve(9_000));
        scene.offered(ANN, 6_000);
        scene.offered(BEN, 2_000);
        assert_eq!(scene.close(ENDS), Some(Outcome::Unsold));
        let answer = scene.by_seller(ACCEPT, at).err();
        assert_eq!(answer, (!good).then_some(Refusal::AcceptanceExpired));
        let outcome = if good { sold(ANN, 2_050) } else { Some(Outcome::Unsold) };
        assert_eq!(scene.outcome(), outcome);
    }
}

#[test]
fn the_leader_is_bound_for_these_48_hours() {
    let mut scene = Scene::new(with_reserve(9_000));
    let number = scene.offered(ANN, 6_000);
    scene.close(ENDS);
    assert!(matches!(scene.retract(ANN, ENDS), Err(Refusal::NotOpen { .. })));
    let which = auction::Which::One(number);
    assert!(matches!(scene.cancel(ANN, which, ENDS), Err(Refusal::NotOpen { .. })));
    scene.bidder(ANN).suspended = true;
    scene.by_seller(ACCEPT, ENDS + Span::hours(1)).unwrap();
    assert_eq!(scene.outcome(), sold(ANN, 1_000));
}

#[test]
fn there_is_nobody_to_accept_while_it_runs_when_it_is_sold_and_when_nobody_leads() {
    let mut running = Scene::new(with_reserve(9_000));
    running.offered(ANN, 2_000);
    let mut sold_one = Scene::new(ascending());
    sold_one.offered(ANN, 2_000);
    sold_one.close(ENDS);
    let mut empty = Scene::new(with_reserve(9_000));
    empty.close(ENDS);
    let mut emptied = Scene::new(with_reserve(9_000));
    emptied.offered(ANN, 2_000);
    emptied.cancel(ANN, auction::Which::All, OPENS).unwrap();
    emptied.close(ENDS);
    for mut scene in [running, sold_one, empty, emptied] {
        assert_eq!(scene.by_seller(ACCEPT, ENDS), Err(Refusal::NothingToSell));
    }
}

#[test]
fn a_leader_is_accepted_once() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.close(ENDS);
    scene.by_seller(ACCEPT, ENDS).unwrap();
    assert_eq!(scene.by_seller(ACCEPT, ENDS), Err(Refusal::NothingToSell));
}

#[test]
fn a_sealed_auction_below_its_reserve_has_no_leader_to_accept() {
    let mut terms = terms(Format::SealedFirstPrice);
    terms.reserve = Some(Amount(5_000));
    let mut scene = Scene::new(terms);
    scene.offered(ANN, 4_999);
    assert_eq!(scene.close(ENDS), Some(Outcome::Unsold));
    assert_eq!(scene.by_seller(ACCEPT, ENDS), Err(Refusal::NothingToSell));
}
