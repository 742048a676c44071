//! "Defects of others that must be impossible here": each that can be told without a database or a door.

use crate::scene::*;
use auction::{
    Actor, Amount, Auction, Command, Decimal, Decision, Deed, Outcome, Phase, Refusal, Span, Terms, revise,
    shown::{self, Shown},
};

/// The original, WeBid, micropurchase, the .ee system: read, compare, write without a lock.
#[test]
fn two_equal_bids_decided_one_after_the_other_give_one_winner_and_two_counted_bids() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 5_000);
    scene.offered(BEN, 5_000);
    assert_eq!(scene.auction.standing.offers, 2);
    assert_eq!(scene.entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(scene.close(ENDS), sold(ANN, 5_000));
}

/// Two bids that were decided on the same state cannot both follow it: the numbers tell.
#[test]
fn a_bid_decided_on_a_state_that_is_gone_carries_a_number_that_is_taken() {
    let mut scene = Scene::new(ascending());
    let deed = |amount| Deed::Offer { amount: cents(amount) };
    let first = scene.command(Actor::Person(ANN), deed(5_000));
    let second = scene.command(Actor::Person(BEN), deed(6_000));
    let (Decision::Append(first), Decision::Append(second)) =
        (scene.decide(&first, OPENS), scene.decide(&second, OPENS))
    else {
        panic!()
    };
    let lost = auction::replay::verify(scene.first.clone(), &[first, second]);
    assert_eq!(lost.unwrap_err().what, "number");
}

#[test]
fn nan_infinity_exponents_and_signs_are_no_amounts() {
    for text in ["NaN", "1e5", "Infinity", "-1", "-0.01", "+1"] {
        assert!(Decimal::parse(text).is_err(), "{text}");
    }
}

#[test]
fn money_is_exact_where_floats_are_not() {
    let tenth = eur().minor(Decimal::parse("0.10").unwrap()).unwrap();
    let fifth = eur().minor(Decimal::parse("0.20").unwrap()).unwrap();
    assert_eq!(eur().write(Amount(tenth.0 + fifth.0)), "0.30");
    let large = Decimal::parse("9007199254740.93").unwrap();
    assert_eq!(eur().write(eur().minor(large).unwrap()), "9007199254740.93");
}

#[test]
fn a_reserve_equal_to_the_top_offer_sells() {
    let mut scene = Scene::new(with_reserve(5_000));
    scene.offered(ANN, 5_000);
    assert_eq!(scene.close(ENDS), sold(ANN, 5_000));
}

#[test]
fn bids_on_closed_unapproved_and_withdrawn_items_are_refused() {
    let at = OPENS;
    let outcome = Outcome::Unsold;
    let phases = [
        Phase::Draft,
        Phase::AwaitingApproval,
        Phase::NotApproved,
        Phase::Closed { at, outcome },
        Phase::Withdrawn { at },
    ];
    for phase in phases {
        let mut scene = Scene::of(Auction::new(SELLER, ascending(), phase));
        let answer = scene.offer(ANN, 5_000, OPENS);
        assert!(matches!(answer, Err(Refusal::NotOpen { .. })), "{phase:?}");
    }
}

#[test]
fn the_closing_second_is_decided_by_the_arrival_alone() {
    let mut scene = Scene::new(ascending());
    assert!(scene.clone().offer(ANN, 1_000, ENDS - MICRO).is_ok());
    assert!(scene.offer(ANN, 1_000, ENDS).is_err());
}

#[test]
fn the_leader_never_outbids_himself() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    let before = shown::auction(&scene.auction, OPENS);
    scene.offered(ANN, 9_000);
    let after = shown::auction(&scene.auction, OPENS);
    // Who was outbid is read off the leader before and after: it is the same, so nobody is told anything.
    assert_eq!(after, Shown { offers: 2, last_entry: 2, ..before });
    assert_eq!(scene.close(ENDS), sold(ANN, 1_000));
}

#[test]
fn a_listing_does_not_change_its_price_under_its_bidders() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    let dearer = Terms { start_price: Amount(5_000), ..ascending() };
    assert_eq!(revise::replace_terms(&scene.auction, dearer, true), Err(Refusal::TermsFrozen));
}

#[test]
fn an_edit_by_somebody_elses_session_is_refused() {
    let mut scene = Scene::new(with_reserve(9_000));
    for by in [Actor::Person(ANN), MODERATOR] {
        for deed in [Deed::LowerReserve { to: None }, Deed::EndEarly, Deed::Accept] {
            assert_eq!(scene.give(by, deed, OPENS), Err(Refusal::NotYours));
        }
    }
}

#[test]
fn a_refused_bid_neither_counts_nor_moves_the_price_nor_the_end() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    let before = scene.auction.standing.clone();
    assert!(scene.offer(BEN, 1_049, ENDS - MICRO).is_err());
    assert_eq!(scene.auction.standing, before);
}

#[test]
fn an_extension_counts_from_the_effective_end() {
    let mut scene = Scene::new(ascending());
    scene.offer(ANN, 90_000, ENDS - MICRO).unwrap();
    let end = scene.ends_at();
    scene.offer(BEN, 2_000, end - MICRO).unwrap();
    assert_eq!(scene.ends_at(), end - MICRO + Span::seconds(120));
}

#[test]
fn a_winner_is_written_once() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    assert_eq!(scene.close(ENDS), sold(ANN, 1_000));
    let entries = scene.entries.len();
    for later in 0..3 {
        assert_eq!(scene.close(ENDS + Span::hours(later)), None);
    }
    assert_eq!(scene.entries.len(), entries);
}

/// What is mailed is read from the entries; decided again after a failure they are the same entries.
#[test]
fn a_decision_told_twice_is_the_same_decision() {
    let mut scene = Scene::new(ascending());
    let command = scene.command(Actor::Person(ANN), Deed::Offer { amount: cents(5_000) });
    assert_eq!(scene.decide(&command, OPENS), scene.decide(&command, OPENS));
    let Decision::Append(entry) = scene.take_up(&command, OPENS) else { panic!() };
    assert_eq!(scene.take_up(&command, OPENS), Decision::Repeat(entry));
}

#[test]
fn no_refusal_tells_anybody_else_the_leaders_maximum() {
    for (maximum, offer) in [(5_000, 1_049), (90_000, 1_049), (1_049, 1_049)] {
        let mut scene = Scene::new(ascending());
        scene.offered(ANN, maximum);
        assert_eq!(scene.offer(BEN, offer, OPENS), Err(too_low(1_050)));
        assert_eq!(scene.offer(BEN, Amount::MOST.0 + 1, OPENS), Err(too_high(Amount::MOST.0)));
    }
}

#[test]
fn nobody_burns_somebody_elses_bid_by_using_its_id_first() {
    let mut scene = Scene::new(ascending());
    let anns = scene.command(Actor::Person(ANN), Deed::Offer { amount: cents(5_000) });
    let stolen =
        Command { by: Actor::Person(BEN), deed: Deed::Offer { amount: cents(1_000) }, ..anns.clone() };
    scene.take_up(&stolen, OPENS);
    assert!(matches!(scene.take_up(&anns, OPENS), Decision::Append(entry) if entry.accepted()));
    assert_eq!(scene.leader(), Some(ANN));
}

#[test]
fn a_seller_does_not_bid_on_the_own_item() {
    let mut scene = Scene::new(Terms { buy_now: Some(Amount(9_000)), ..ascending() });
    assert_eq!(scene.offer(SELLER, 5_000, OPENS), Err(Refusal::OwnItem));
    assert_eq!(scene.buy_now(SELLER, OPENS), Err(Refusal::OwnItem));
    assert_eq!(Scene::new(dutch()).take(SELLER, 1_000, OPENS), Err(Refusal::OwnItem));
}
