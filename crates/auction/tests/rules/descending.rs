//! The descending clock: 10.00, falling by 3.00 an hour to 2.00.

use crate::scene::*;
use auction::{Actor, Amount, Clock, Deed, Format, Outcome, Refusal, Span, Terms};
use proptest::prelude::*;

#[test]
fn the_price_falls_at_every_whole_interval_and_not_below_the_floor() {
    let hour = Span::hours(1);
    let rows = [
        (OPENS - hour, 1_000),
        (OPENS, 1_000),
        (OPENS + hour - MICRO, 1_000),
        (OPENS + hour, 700),
        (OPENS + hour + MICRO, 700),
        (OPENS + Span::hours(2) - MICRO, 700),
        (OPENS + Span::hours(2), 400),
        (OPENS + Span::hours(3) - MICRO, 400),
        (OPENS + Span::hours(3), 200),
        (OPENS + Span::hours(4), 200),
        (OPENS + Span::hours(400), 200),
    ];
    let scene = Scene::new(dutch());
    for (at, price) in rows {
        assert_eq!(scene.auction.clock_price(at), Some(Amount(price)), "{at:?}");
    }
}

#[test]
fn it_closes_unsold_one_interval_after_the_floor() {
    let end = OPENS + Span::hours(4);
    let mut scene = Scene::new(dutch());
    assert_eq!(scene.ends_at(), end);
    assert_eq!(scene.close(end - MICRO), None);
    assert_eq!(scene.close(end), Some(Outcome::Unsold));
    assert!(matches!(scene.take(ANN, 200, end), Err(Refusal::NotOpen { .. })));
}

#[test]
fn a_fall_of_whole_steps_ends_one_interval_after_the_last_of_them() {
    for (floor, hours) in [(1, 5), (99, 5), (100, 4), (101, 4), (700, 2), (701, 2), (999, 2)] {
        let clock = Clock { step: Amount(300), interval: Span::hours(1), floor: Amount(floor) };
        let terms = terms(Format::Descending(clock)).with_clock_end();
        assert_eq!(terms.ends_at, OPENS + Span::hours(hours), "{floor}");
        let scene = Scene::new(terms);
        let reached = OPENS + Span::hours(hours - 1);
        assert_eq!(scene.auction.clock_price(reached), Some(Amount(floor)), "{floor}");
        assert!(scene.auction.clock_price(reached - MICRO) > Some(Amount(floor)), "{floor}");
    }
}

#[test]
fn a_take_pays_the_price_on_arrival_and_is_refused_if_that_is_higher_than_the_one_seen() {
    let higher = |price| Some(Refusal::PriceHigher { price: Amount(price) });
    let hour = OPENS + Span::hours(1);
    let rows = [
        (hour, 699, higher(700), 0),
        (hour, 700, None, 700),
        (hour, 701, None, 700),
        (hour, 1_000, None, 700),
        (hour - MICRO, 700, higher(1_000), 0),
        (hour - MICRO, 1_000, None, 1_000),
        (OPENS + Span::hours(4) - MICRO, 200, None, 200),
        (OPENS + Span::hours(4) - MICRO, 199, higher(200), 0),
    ];
    for (at, seen, refused, price) in rows {
        let mut scene = Scene::new(dutch());
        assert_eq!(scene.take(ANN, seen, at).err(), refused, "{seen}");
        if refused.is_none() {
            assert_eq!((scene.outcome(), scene.ends_at()), (sold(ANN, price), at));
            assert_eq!(scene.entries[0].amount, Some(Amount(price)));
        }
    }
}

#[test]
fn the_first_to_take_wins_and_the_second_finds_it_sold() {
    let mut scene = Scene::new(dutch());
    scene.take(ANN, 1_000, OPENS).unwrap();
    assert!(matches!(scene.take(BEN, 1_000, OPENS), Err(Refusal::NotOpen { .. })));
    assert_eq!(scene.outcome(), sold(ANN, 1_000));
}

#[test]
fn nobody_takes_before_the_opening() {
    let mut scene = Scene::new(dutch());
    assert!(matches!(scene.take(ANN, 1_000, OPENS - MICRO), Err(Refusal::NotOpen { .. })));
}

#[test]
fn offers_and_takes_belong_to_their_formats() {
    let amount = cents(1_000);
    let by = Actor::Person(ANN);
    let mut clock = Scene::new(dutch());
    let refused = Err(Refusal::NotInThisFormat);
    assert_eq!(clock.give(by, Deed::Offer { amount }, OPENS), refused);
    assert_eq!(clock.give(by, Deed::BuyNow, OPENS), refused);
    for format in [Format::Ascending, Format::Reverse, Format::SealedFirstPrice] {
        let mut other = Scene::new(terms(format));
        assert_eq!(other.give(by, Deed::Take { seen: amount }, OPENS), refused);
        assert_eq!(other.auction.clock_price(OPENS), None);
    }
}

#[test]
fn a_clock_that_never_falls_is_not_accepted_as_terms() {
    let clock = |step, interval, floor| {
        let (step, floor) = (Amount(step), Amount(floor));
        Terms { ..terms(Format::Descending(Clock { step, interval, floor })) }
    };
    let hour = Span::hours(1);
    let rows = [
        (clock(0, hour, 200), "clock_step"),
        (clock(300, Span::ZERO, 200), "clock_interval"),
        (clock(300, hour, 0), "clock_step"),
        (clock(300, hour, 1_000), "clock_floor"),
    ];
    for (terms, field) in rows {
        assert!(terms.problems().iter().any(|problem| problem.field == field), "{field}");
    }
}

/// One interval after the other, as a clock does it.
fn ticked(start: i64, step: i64, floor: i64, intervals: i64) -> i64 {
    let mut price = start;
    for _ in 0..intervals {
        price = if price - step > floor { price - step } else { floor };
    }
    price
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_clock_falls_as_if_it_ticked(
        (floor, above) in (1..500i64, 1..3_000i64),
        step in 1..700i64,
        seconds in 1..4_000i64,
        intervals in 0..60i64,
        edge in -1..=1i64,
    ) {
        let start = floor + above;
        let clock = Clock { step: Amount(step), interval: Span::seconds(seconds), floor: Amount(floor) };
        let terms = Terms { start_price: Amount(start), ..terms(Format::Descending(clock)) }.with_clock_end();
        let auction = Scene::new(terms.clone()).auction;
        let at = OPENS + Span(Span::seconds(seconds).0 * intervals + edge);
        let passed = if edge < 0 { (intervals - 1).max(0) } else { intervals };
        prop_assert_eq!(auction.clock_price(at), Some(Amount(ticked(start, step, floor, passed))));
        // It ends one interval after the floor was first reached.
        let first = (0..).find(|&n| ticked(start, step, floor, n) == floor).unwrap();
        prop_assert_eq!(terms.ends_at, OPENS + Span(Span::seconds(seconds).0 * (first + 1)));
    }
}
