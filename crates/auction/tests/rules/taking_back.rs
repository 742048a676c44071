//! Bidders take back, sellers and moderators cancel.

use crate::scene::*;
use auction::{Actor, Deed, Extension, Progress, Refusal, Span, Terms, Time, Which};

const TWELVE: Span = Span::hours(12);
const HOUR: Span = Span::hours(1);

/// Ann offers at the opening and again at `last`.
fn twice(last: Time) -> Scene {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    scene.offered(BEN, 1_500);
    scene.offer(ANN, 3_000, last).unwrap();
    scene
}

#[test]
fn with_twelve_hours_left_all_of_ones_bids_go_and_with_less_only_the_last() {
    let edge = ENDS - TWELVE;
    for (at, gone) in [(edge - MICRO, 2), (edge, 2), (edge + MICRO, 1)] {
        let mut scene = twice(at);
        let entry = scene.retract(ANN, at).unwrap();
        assert_eq!(entry.removed.len(), gone, "{at:?}");
        let leader = if gone == 2 { BEN } else { ANN };
        assert_eq!(scene.leader(), Some(leader));
    }
}

#[test]
fn the_twelve_hours_count_to_the_effective_end() {
    let extension = Some(Extension { window: Span::hours(13), cap: Span::hours(20) });
    let mut scene = Scene::new(Terms { extension, ..ascending() });
    scene.offered(ANN, 2_000);
    let late = ENDS - HOUR;
    scene.offer(BEN, 3_000, late).unwrap();
    let entry = scene.retract(ANN, late).unwrap();
    assert_eq!(*entry.removed, [1]);
}

#[test]
fn late_the_last_bid_is_taken_back_within_an_hour_of_placing_it() {
    let last = ENDS - Span::hours(11);
    for (at, refused) in [
        (last, None),
        (last + HOUR - MICRO, None),
        (last + HOUR, None),
        (last + HOUR + MICRO, Some(Refusal::TooLateToTakeBack)),
    ] {
        let mut scene = twice(last);
        assert_eq!(scene.retract(ANN, at).err(), refused, "{at:?}");
    }
}

#[test]
fn late_one_takes_back_once_an_auction() {
    let late = ENDS - Span::hours(11);
    let mut scene = twice(late);
    scene.retract(ANN, late).unwrap();
    scene.offer(ANN, 2_500, late).unwrap();
    assert_eq!(scene.retract(ANN, late), Err(Refusal::AlreadyTookBack));
    let mut earlier = twice(OPENS);
    earlier.retract(ANN, OPENS).unwrap();
    earlier.offer(ANN, 2_500, OPENS + HOUR).unwrap();
    assert_eq!(earlier.retract(ANN, late), Err(Refusal::TooLateToTakeBack));
}

#[test]
fn who_took_back_returns_within_an_hour_or_not_at_all() {
    let back = OPENS + Span::days(1);
    for (at, refused) in [
        (back, None),
        (back + HOUR - MICRO, None),
        (back + HOUR, None),
        (back + HOUR + MICRO, Some(Refusal::TookBack)),
        (ENDS - MICRO, Some(Refusal::TookBack)),
    ] {
        let mut scene = twice(OPENS);
        scene.retract(ANN, back).unwrap();
        assert_eq!(scene.offer(ANN, 9_000, at).err(), refused, "{at:?}");
    }
}

#[test]
fn who_returned_in_time_bids_on_like_anybody_else() {
    let back = OPENS + Span::days(1);
    let mut scene = twice(OPENS);
    scene.retract(ANN, back).unwrap();
    scene.offer(ANN, 9_000, back + HOUR).unwrap();
    scene.offer(ANN, 9_500, ENDS - MICRO).unwrap();
    assert_eq!(scene.leader(), Some(ANN));
}

#[test]
fn nobody_returns_twice() {
    let mut scene = twice(OPENS);
    scene.retract(ANN, OPENS).unwrap();
    scene.offered(ANN, 9_000);
    scene.retract(ANN, OPENS).unwrap();
    assert_eq!(scene.offer(ANN, 9_000, OPENS), Err(Refusal::TookBack));
}

/// What waits arrives when the last entry did; the hour was once counted to the site's clock instead, and a
/// history with such an offer could not be verified.
#[test]
fn the_hour_counts_to_the_arrival_even_if_the_clock_went_back() {
    let back = OPENS + Span::days(1);
    let mut scene = twice(OPENS);
    scene.retract(ANN, back).unwrap();
    scene.offer(CLEO, 50_000, back + HOUR + MICRO).unwrap();
    assert_eq!(scene.offer(ANN, 90_000, back + HOUR), Err(Refusal::TookBack));
}

#[test]
fn a_refused_offer_is_no_return() {
    let back = OPENS + Span::days(1);
    let mut scene = twice(OPENS);
    scene.retract(ANN, back).unwrap();
    assert!(scene.offer(ANN, 1, back).is_err());
    assert_eq!(scene.offer(ANN, 9_000, back + HOUR + MICRO), Err(Refusal::TookBack));
}

#[test]
fn who_has_nothing_takes_nothing_back() {
    let mut scene = twice(OPENS);
    assert_eq!(scene.retract(CLEO, OPENS), Err(Refusal::NothingToTakeBack));
    scene.retract(ANN, OPENS).unwrap();
    assert_eq!(scene.retract(ANN, OPENS), Err(Refusal::NothingToTakeBack));
}

#[test]
fn seller_moderator_and_site_cancel_and_nobody_else() {
    for (by, good) in [
        (Actor::Person(SELLER), true),
        (MODERATOR, true),
        (Actor::Site, true),
        (Actor::Person(ANN), false),
        (Actor::Person(BEN), false),
        (Actor::Moderator(ANN), true),
    ] {
        let mut scene = twice(OPENS);
        let deed = Deed::Cancel { whose: ANN, which: Which::All, reason: "no".into() };
        let refused = (!good).then_some(Refusal::NotYours);
        assert_eq!(scene.give(by, deed, OPENS).err(), refused, "{by:?}");
    }
}

#[test]
fn one_bid_or_all_of_them_are_cancelled() {
    for (which, gone, stands) in [
        (Which::One(1), vec![1], Some((1_550, ANN, 3_000))),
        (Which::One(3), vec![3], Some((1_550, ANN, 2_000))),
        (Which::All, vec![1, 3], Some((1_000, BEN, 1_500))),
    ] {
        let mut scene = twice(OPENS);
        let entry = scene.cancel(ANN, which, OPENS).unwrap();
        assert_eq!(*entry.removed, *gone);
        assert_eq!(scene.stands(), stands);
    }
}

#[test]
fn a_bid_is_cancelled_once_and_only_where_it_is() {
    let mut scene = twice(OPENS);
    // Entry 2 is Ben's, entry 9 nobody's.
    for which in [Which::One(2), Which::One(9), Which::One(0)] {
        assert_eq!(scene.cancel(ANN, which, OPENS), Err(Refusal::NothingToTakeBack));
    }
    scene.cancel(ANN, Which::One(3), OPENS).unwrap();
    assert_eq!(scene.cancel(ANN, Which::One(3), OPENS), Err(Refusal::NothingToTakeBack));
    assert_eq!(scene.cancel(CLEO, Which::All, OPENS), Err(Refusal::NothingToTakeBack));
}

#[test]
fn bids_are_cancelled_to_the_last_moment_and_not_after() {
    for (at, good) in [(ENDS - MICRO, true), (ENDS, false)] {
        let mut scene = twice(OPENS);
        let refused = Refusal::NotOpen { progress: Progress::Closing };
        assert_eq!(scene.cancel(ANN, Which::All, at).err(), (!good).then_some(refused));
    }
}

#[test]
fn who_was_cancelled_may_bid_again_unless_blocked() {
    let mut scene = twice(OPENS);
    scene.cancel(ANN, Which::All, OPENS).unwrap();
    scene.offer(ANN, 4_000, ENDS - HOUR).unwrap();
    assert_eq!(scene.leader(), Some(ANN));
    scene.bidder(ANN).blocked = true;
    assert_eq!(scene.offer(ANN, 9_000, ENDS - HOUR), Err(Refusal::Blocked));
    // The standing bids of somebody blocked stay.
    assert_eq!(scene.leader(), Some(ANN));
}

#[test]
fn a_blocked_or_suspended_bidder_may_still_take_back() {
    let mut scene = twice(OPENS);
    scene.bidder(ANN).blocked = true;
    scene.bidder(ANN).suspended = true;
    assert!(scene.retract(ANN, OPENS).is_ok());
}
