//! The outage rule: while the origin was away nobody could bid, so the end waits.

use crate::scene::*;
use auction::{Amount, Decision, Extension, Format, OUTAGE_WINDOW, Outcome, Span, Terms, Time};

const SHORT: Span = Span::seconds(11);

/// Ann leads; then the site is away once.
fn away(terms: Terms, from: Time, to: Time) -> Time {
    let mut scene = Scene::new(terms);
    scene.outage(from, to);
    scene.ends_at()
}

#[test]
fn an_outage_that_touches_the_last_two_minutes_moves_the_end_two_minutes_after_the_return() {
    let edge = ENDS - OUTAGE_WINDOW;
    let hour = Span::hours(1);
    let rows = [
        // Back before, at and after the window begins.
        (edge - hour, edge - MICRO, None),
        (edge - hour, edge, None),
        (edge - hour, edge + MICRO, Some(edge + MICRO)),
        // Away within it, over the end, and from its last moment.
        (edge + MICRO, edge + SHORT, Some(edge + SHORT)),
        (edge + SHORT, ENDS + hour, Some(ENDS + hour)),
        (ENDS - MICRO, ENDS + hour, Some(ENDS + hour)),
        // Away only after the end: it should have closed.
        (ENDS, ENDS + hour, None),
        (ENDS + MICRO, ENDS + hour, None),
    ];
    for (from, to, back) in rows {
        let end = back.map_or(ENDS, |back| back + OUTAGE_WINDOW);
        for format in
            [Format::Ascending, Format::Reverse, Format::SealedFirstPrice, Format::SealedSecondPrice]
        {
            assert_eq!(away(terms(format), from, to), end, "{from:?} {to:?} {format:?}");
        }
    }
}

#[test]
fn ten_seconds_of_silence_are_no_outage() {
    let from = ENDS - Span::seconds(30);
    for (silence, moves) in [
        (Span(-1), false),
        (Span::ZERO, false),
        (Span::seconds(10), false),
        (Span::seconds(10) + MICRO, true),
    ] {
        assert_eq!(away(ascending(), from, from + silence) > ENDS, moves, "{silence:?}");
    }
}

#[test]
fn what_waited_is_taken_in_after_the_return_by_the_ordinary_rules() {
    let back = ENDS + Span::hours(1);
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 5_000);
    assert!(scene.outage(ENDS - SHORT, back));
    scene.offer(BEN, 9_000, back).unwrap();
    assert_eq!(scene.close(back + OUTAGE_WINDOW - MICRO), None);
    assert_eq!(scene.close(back + OUTAGE_WINDOW), sold(BEN, 5_100));
}

#[test]
fn an_end_is_moved_at_most_twice() {
    let mut scene = Scene::new(ascending());
    for round in 1..=3 {
        let end = scene.ends_at();
        let moved = scene.outage(end - SHORT, end + Span::hours(1));
        assert_eq!(moved, round <= 2, "{round}");
        assert_eq!(scene.auction.standing.postponed, round.min(2));
    }
}

#[test]
fn an_end_is_never_moved_beyond_24_hours_after_the_first_scheduled_one() {
    let latest = ENDS + Span::hours(24);
    for (back, end) in [
        (latest - OUTAGE_WINDOW - MICRO, latest - MICRO),
        (latest - OUTAGE_WINDOW, latest),
        (latest - OUTAGE_WINDOW + MICRO, latest),
        (latest + Span::hours(9), latest),
    ] {
        assert_eq!(away(ascending(), ENDS - SHORT, back), end);
    }
    let mut scene = Scene::new(ascending());
    assert!(scene.outage(ENDS - SHORT, latest + SHORT));
    assert_eq!(scene.ends_at(), latest);
    assert!(!scene.outage(latest - SHORT, latest + Span::hours(1)));
}

#[test]
fn the_24_hours_count_from_the_scheduled_end_and_not_from_an_extended_one() {
    let mut scene = Scene::new(ascending());
    scene.offer(ANN, 1_000, ENDS - MICRO).unwrap();
    let end = scene.ends_at();
    assert!(end > ENDS);
    scene.outage(end - SHORT, ENDS + Span::hours(30));
    assert_eq!(scene.ends_at(), ENDS + Span::hours(24));
}

/// After an outage an offer in the last seconds extends only as far as the cap of the soft close allows.
#[test]
fn the_cap_of_the_soft_close_is_not_moved_by_an_outage() {
    let mut scene = Scene::new(ascending());
    scene.outage(ENDS - SHORT, ENDS + Span::hours(3));
    let end = scene.ends_at();
    scene.offer(ANN, 1_000, end - MICRO).unwrap();
    assert_eq!(scene.ends_at(), end);
}

#[test]
fn each_time_is_an_entry_and_nothing_is_written_where_nothing_moves() {
    let mut scene = Scene::new(ascending());
    assert!(!scene.outage(OPENS, OPENS + Span::hours(1)));
    assert_eq!(scene.entries.len(), 0);
    assert!(scene.outage(ENDS - SHORT, ENDS + SHORT));
    let shown = auction::shown::entry(&scene.auction, &scene.entries[0], None).unwrap();
    assert_eq!((shown.what, shown.ends_at), ("postpone", ENDS + SHORT + OUTAGE_WINDOW));
    assert_eq!(auction::shown::auction(&scene.auction, ENDS).postponed, 1);
}

#[test]
fn a_listing_with_a_window_of_its_own_waits_for_that_long() {
    let extension = Some(Extension { window: Span::seconds(20), cap: Span::minutes(1) });
    let terms = Terms { extension, ..ascending() };
    let back = ENDS + Span::hours(1);
    assert_eq!(away(terms.clone(), ENDS - SHORT, back), back + Span::seconds(20));
    assert_eq!(away(terms, ENDS - Span::minutes(1), ENDS - Span::seconds(20)), ENDS);
    let off = Terms { extension: None, ..ascending() };
    assert_eq!(away(off, ENDS - SHORT, back), back + OUTAGE_WINDOW);
}

#[test]
fn only_the_site_says_that_it_was_away() {
    let mut scene = Scene::new(ascending());
    let (from, to, reason) = (ENDS - SHORT, ENDS + SHORT, "I was".into());
    let deed = auction::Deed::Postpone { from, to, reason };
    for by in [auction::Actor::Person(SELLER), MODERATOR] {
        assert_eq!(scene.give(by, deed.clone(), to), Err(auction::Refusal::NotYours));
    }
}

#[test]
fn what_is_over_stays_over() {
    let mut scene = Scene::new(ascending());
    scene.close(ENDS);
    let command = scene.command(
        auction::Actor::Site,
        auction::Deed::Postpone { from: ENDS - SHORT, to: ENDS + SHORT, reason: "power".into() },
    );
    assert_eq!(scene.take_up(&command, ENDS + SHORT), Decision::Nothing);
}

#[test]
fn a_descending_clock_stands_still_meanwhile() {
    // Falls at 1 h, 2 h, 3 h; ends at 4 h. Away from 0:30 for so many minutes, then the price so many minutes later.
    let rows =
        [(60, 29, 1_000), (60, 30, 700), (60, 89, 700), (60, 90, 400), (600, 29, 1_000), (600, 30, 700)];
    for (minutes, later, price) in rows {
        let mut scene = Scene::new(dutch());
        let from = OPENS + Span::minutes(30);
        let to = from + Span::minutes(minutes);
        assert!(scene.outage(from, to));
        let at = to + Span::minutes(later);
        assert_eq!(scene.auction.clock_price(at), Some(Amount(price)), "{minutes} {later}");
        assert_eq!(scene.ends_at(), OPENS + Span::hours(4) + Span::minutes(minutes));
        assert_eq!(scene.auction.clock_price(scene.ends_at() - MICRO), Some(Amount(200)));
    }
}

#[test]
fn a_descending_clock_does_not_miss_time_before_its_opening_or_after_its_end() {
    let end = OPENS + Span::hours(4);
    let hour = Span::hours(1);
    let rows = [
        (OPENS - hour, OPENS, Span::ZERO),
        (OPENS - hour, OPENS + SHORT, SHORT),
        (end - MICRO, end + SHORT, SHORT + MICRO),
        (end, end + hour, Span::ZERO),
    ];
    for (from, to, still) in rows {
        let mut scene = Scene::new(dutch());
        assert_eq!(scene.outage(from, to), still > Span::ZERO);
        assert_eq!(scene.auction.standing.stood_still, still);
        assert_eq!(scene.ends_at(), end + still);
    }
}

/// The clock once went on for whatever part of an outage the end could no longer wait for.
#[test]
fn a_descending_clock_stands_still_for_the_whole_of_a_long_outage() {
    let mut terms = dutch();
    terms.start_price = Amount(30_000);
    let mut scene = Scene::new(terms.with_clock_end());
    let (from, end) = (OPENS + Span::hours(1), scene.ends_at());
    assert!(scene.outage(from, from + Span::hours(30)));
    let price = scene.auction.clock_price(from);
    assert_eq!(price, Some(Amount(30_000)));
    assert_eq!(scene.auction.clock_price(from + Span::hours(30)), Some(Amount(29_700)));
    assert_eq!(scene.ends_at(), end + Span::hours(24));
    assert_eq!(scene.close(scene.ends_at()), Some(Outcome::Unsold));
}
