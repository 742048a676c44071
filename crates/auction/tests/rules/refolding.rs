//! What remains is folded again, in its order.

use crate::scene::*;
use auction::{Amount, Person, Terms, Which, revise};

#[test]
fn the_price_falls_to_what_the_others_alone_would_have_made() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    scene.offered(BEN, 9_000);
    scene.offered(CLEO, 8_000);
    assert_eq!(scene.stands(), Some((8_100, BEN, 9_000)));
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((2_050, CLEO, 8_000)));
    scene.cancel(CLEO, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((1_000, ANN, 2_000)));
    scene.cancel(ANN, Which::All, OPENS).unwrap();
    assert_eq!((scene.price(), scene.leader()), (None, None));
    assert_eq!(scene.auction.standing.offers, 0);
}

#[test]
fn after_everything_was_taken_back_the_next_offer_is_a_first_one() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 9_000);
    scene.retract(ANN, OPENS).unwrap();
    assert_eq!(scene.offer(BEN, 999, OPENS), Err(too_low(1_000)));
    scene.offered(BEN, 1_000);
    assert_eq!(scene.stands(), Some((1_000, BEN, 1_000)));
}

#[test]
fn a_raise_without_its_base_counts_as_an_offer() {
    let mut scene = Scene::new(ascending());
    let base = scene.offered(ANN, 5_000);
    scene.offered(BEN, 4_000);
    scene.offered(ANN, 9_000);
    assert_eq!(scene.stands(), Some((4_100, ANN, 9_000)));
    scene.cancel(ANN, Which::One(base), OPENS).unwrap();
    // Ben first, then Ann's 90.00 against it: the same price by another way.
    assert_eq!(scene.stands(), Some((4_100, ANN, 9_000)));
}

#[test]
fn the_price_may_rise_when_a_raise_becomes_an_offer() {
    let mut scene = Scene::new(ascending());
    let base = scene.offered(ANN, 5_000);
    scene.offered(BEN, 5_000);
    scene.offered(ANN, 9_000);
    assert_eq!(scene.stands(), Some((5_000, ANN, 9_000)));
    scene.cancel(ANN, Which::One(base), OPENS).unwrap();
    assert_eq!(scene.stands(), Some((5_100, ANN, 9_000)));
}

#[test]
fn folding_again_does_not_ask_whether_an_offer_was_a_step_above() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    scene.offered(BEN, 2_050);
    scene.offered(CLEO, 2_100);
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((2_050, CLEO, 2_100)));
    // Ann's 20.00 against Ben's 20.50 was a full step; Cleo's 21.00 alone is a first offer.
    scene.cancel(ANN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((1_000, CLEO, 2_100)));
}

#[test]
fn a_tie_broken_for_somebody_who_left_is_broken_anew() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 5_000);
    scene.offered(BEN, 5_000);
    scene.offered(CLEO, 5_100);
    scene.cancel(CLEO, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((5_000, ANN, 5_000)));
    scene.cancel(ANN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((1_000, BEN, 5_000)));
}

#[test]
fn refused_offers_are_no_part_of_it() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 9_000);
    scene.offered(BEN, 3_000);
    assert!(scene.offer(CLEO, 3_100, OPENS).is_err());
    scene.cancel(ANN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((1_000, BEN, 3_000)));
}

#[test]
fn the_end_is_not_moved_back() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 5_000);
    let late = ENDS - MICRO;
    scene.offer(BEN, 9_000, late).unwrap();
    let moved = scene.ends_at();
    scene.retract(BEN, late).unwrap();
    assert_eq!(scene.stands(), Some((1_000, ANN, 5_000)));
    assert_eq!(scene.ends_at(), moved);
}

#[test]
fn a_reserve_that_only_the_removed_met_is_unmet_again() {
    let mut scene = Scene::new(with_reserve(5_000));
    scene.offered(ANN, 2_000);
    scene.offered(BEN, 9_000);
    assert_eq!(scene.auction.reserve_met(), Some(true));
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((1_000, ANN, 2_000)));
    assert_eq!(scene.auction.reserve_met(), Some(false));
}

/// The reserve that was in force at each offer is in force when it is folded again.
#[test]
fn a_lowered_reserve_is_lowered_at_its_own_place_in_the_order() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.offered(BEN, 2_000);
    scene.lower_reserve(5_000, OPENS).unwrap();
    scene.offered(CLEO, 3_000);
    assert_eq!(scene.stands(), Some((3_100, ANN, 4_999)));
    scene.cancel(CLEO, Which::All, OPENS).unwrap();
    // Ann stays cut, and the price is what it was.
    assert_eq!(scene.stands(), Some((2_050, ANN, 4_999)));
}

/// Whoever leads when the lowering comes is cut, even if it was somebody else the first time.
#[test]
fn a_lowered_reserve_cuts_the_leader_of_the_remaining_offers() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.offered(BEN, 7_000);
    assert_eq!(scene.stands(), Some((6_100, BEN, 7_000)));
    scene.lower_reserve(6_000, OPENS).unwrap();
    assert_eq!(scene.auction.reserve_met(), Some(true));
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    // Without Ben the price was 10.00, so 60.00 was above it, and Ann's 60.00 reached it.
    assert_eq!(scene.stands(), Some((1_000, ANN, 5_999)));
    assert_eq!(scene.auction.reserve_met(), Some(false));
}

/// A cut is forgotten where the reserve, in the remaining order, was met already when it was lowered.
#[test]
fn nobody_is_cut_where_the_remaining_offers_had_met_the_lowered_reserve() {
    let mut scene = Scene::new(with_reserve(9_000));
    let base = scene.offered(ANN, 5_000);
    scene.offered(BEN, 5_000);
    scene.offered(ANN, 8_000);
    scene.lower_reserve(5_050, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((5_000, ANN, 5_049)));
    scene.cancel(ANN, Which::One(base), OPENS).unwrap();
    assert_eq!(scene.stands(), Some((5_100, ANN, 8_000)));
    assert_eq!(scene.auction.reserve_met(), Some(true));
}

#[test]
fn a_reserve_lowered_before_the_first_bid_is_not_lowered_twice() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.lower_reserve(5_000, OPENS).unwrap();
    scene.offered(ANN, 6_000);
    scene.offered(BEN, 7_000);
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((5_000, ANN, 6_000)));
}

/// Before the first bid a reserve may even rise again by an edit: an earlier lowering is no part of the story then.
#[test]
fn a_reserve_set_anew_before_the_first_bid_is_the_one_that_counts() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.lower_reserve(5_000, OPENS).unwrap();
    scene.auction = revise::replace_terms(&scene.auction, with_reserve(7_000), false).unwrap();
    scene.offered(ANN, 6_000);
    scene.offered(BEN, 6_500);
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    assert_eq!(scene.stands(), Some((1_000, ANN, 6_000)));
    assert_eq!(scene.auction.reserve_met(), Some(false));
}

#[test]
fn the_terms_stay_frozen_when_every_bid_is_gone() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    scene.retract(ANN, OPENS).unwrap();
    assert!(scene.auction.frozen);
    let again = revise::replace_terms(&scene.auction, ascending(), true);
    assert_eq!(again, Err(auction::Refusal::TermsFrozen));
}

#[test]
fn taking_away_the_middle_of_a_long_story_leaves_the_story_of_the_others() {
    let story: [(Person, i64); 6] =
        [(ANN, 2_000), (BEN, 4_000), (CLEO, 6_000), (ANN, 8_000), (DAN, 20_000), (CLEO, 30_000)];
    for gone in EVERYBODY {
        let mut whole = Scene::new(Terms { start_price: Amount(100), ..ascending() });
        for (who, amount) in story {
            whole.offered(who, amount);
        }
        whole.cancel(gone, Which::All, OPENS).unwrap();
        let mut others = Scene::new(Terms { start_price: Amount(100), ..ascending() });
        for &(who, amount) in story.iter().filter(|(who, _)| *who != gone) {
            others.offered(who, amount);
        }
        assert_eq!(whole.stands(), others.stands(), "without {gone:?}");
    }
}
