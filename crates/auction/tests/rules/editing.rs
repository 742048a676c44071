//! Free until the first bid; afterwards almost nothing.

use crate::scene::*;
use auction::{Amount, Auction, Format, Phase, Refusal, Span, Terms, Time, revise};

#[test]
fn until_the_first_bid_everything_can_be_replaced() {
    let scene = Scene::new(with_reserve(9_000));
    let terms = Terms {
        start_price: Amount(500),
        ends_at: ENDS + Span::days(3),
        reserve: None,
        ..terms(Format::Reverse)
    };
    let revised = revise::replace_terms(&scene.auction, terms.clone(), false).unwrap();
    assert_eq!(revised.terms, terms);
    assert_eq!((revised.standing.ends_at, revised.standing.reserve), (terms.ends_at, None));
}

#[test]
fn the_first_bid_freezes_the_terms() {
    let mut scene = Scene::new(ascending());
    assert!(scene.offer(ANN, 999, OPENS).is_err());
    assert!(revise::replace_terms(&scene.auction, ascending(), false).is_ok());
    scene.offered(ANN, 1_000);
    let refused = revise::replace_terms(&scene.auction, ascending(), true);
    assert_eq!(refused, Err(Refusal::TermsFrozen));
}

#[test]
fn what_is_over_is_not_edited() {
    let mut withdrawn = Scene::new(ascending());
    withdrawn.by_seller(auction::Deed::Withdraw { reason: "".into() }, OPENS).unwrap();
    let mut closed = Scene::new(ascending());
    closed.close(ENDS);
    for scene in [withdrawn, closed] {
        let late = Err(Refusal::TooLateToChange);
        assert_eq!(revise::replace_terms(&scene.auction, ascending(), true), late);
        assert_eq!(revise::add_text(&scene.auction, OPENS), late);
        assert_eq!(revise::may_edit(&scene.auction, OPENS), Err(Refusal::TooLateToChange));
    }
    let running = Scene::new(ascending());
    assert!(revise::may_edit(&running.auction, ENDS - MICRO).is_ok());
    assert!(revise::may_edit(&running.auction, ENDS).is_err());
}

#[test]
fn drafts_and_what_waits_for_approval_are_edited_freely() {
    for phase in [Phase::Draft, Phase::AwaitingApproval, Phase::NotApproved] {
        let auction = Auction::new(SELLER, ascending(), phase);
        assert!(revise::may_edit(&auction, ENDS + Span::days(1)).is_ok());
        assert!(revise::replace_terms(&auction, with_reserve(2_000), false).is_ok());
    }
}

/// With bids nothing is edited in the last twelve hours, or in the second half of an auction shorter than a day.
#[test]
fn with_bids_nothing_is_edited_in_the_last_twelve_hours_or_the_second_half() {
    for (hours, frozen_hours_x2) in [(168, 24), (25, 24), (24, 24), (23, 23), (10, 10), (1, 1)] {
        let ends_at = OPENS + Span::hours(hours);
        let edge = Time(ends_at.0 - Span::hours(frozen_hours_x2).0 / 2);
        for (at, good) in [(edge - MICRO, true), (edge, true), (edge + MICRO, false)] {
            let mut scene = Scene::new(Terms { ends_at, ..with_reserve(9_000) });
            assert!(revise::add_text(&scene.auction, at).is_ok());
            assert!(scene.clone().lower_reserve(5_000, at).is_ok());
            scene.offered(ANN, 2_000);
            assert_eq!(revise::add_text(&scene.auction, at).is_ok(), good, "{hours} {at:?}");
            let refused = (!good).then_some(Refusal::TooLateToChange);
            assert_eq!(scene.lower_reserve(5_000, at).err(), refused, "{hours} {at:?}");
        }
    }
}

#[test]
fn who_is_not_the_seller_edits_nothing() {
    let mut scene = Scene::new(with_reserve(9_000));
    for by in
        [auction::Actor::Person(ANN), MODERATOR, auction::Actor::Moderator(SELLER), auction::Actor::Site]
    {
        let deed = auction::Deed::LowerReserve { to: None };
        assert_eq!(scene.give(by, deed, OPENS), Err(Refusal::NotYours), "{by:?}");
    }
}

/// An edit of the text once forgot that an outage had moved the end, and the auction was over at once.
#[test]
fn an_end_that_an_outage_moved_stays_when_the_text_is_edited() {
    let mut scene = Scene::new(ascending());
    scene.outage(ENDS - Span::seconds(60), ENDS + Span::hours(1));
    let moved = scene.ends_at();
    let revised = revise::replace_terms(&scene.auction, ascending(), true).unwrap();
    assert_eq!(revised.standing.ends_at, moved);
    let mut clock = Scene::new(dutch());
    clock.outage(OPENS, OPENS + Span::minutes(20));
    let other = Terms { start_price: Amount(1_300), ..dutch() }.with_clock_end();
    let revised = revise::replace_terms(&clock.auction, other.clone(), false).unwrap();
    assert_eq!(revised.standing.ends_at, other.ends_at + Span::minutes(20));
}
