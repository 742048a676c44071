//! The soft close: 120 seconds, at most an hour beyond the scheduled end.

use crate::scene::*;
use auction::{Amount, Extension, Format, Refusal, Span, Terms, Time, Which};

const WINDOW: Span = Span::seconds(120);

/// Well within the window.
const LATE: Time = Time(ENDS.0 - Span::seconds(60).0);

type Change = fn(&mut Scene);

/// Ann leads with 50.00 at 10.00, long before the end.
fn quiet(terms: Terms) -> Scene {
    let mut scene = Scene::new(terms);
    scene.offered(ANN, 5_000);
    scene
}

#[test]
fn an_offer_within_the_last_two_minutes_sets_the_end_two_minutes_after_it() {
    let edge = ENDS - WINDOW;
    for (at, end) in [
        (edge - MICRO, ENDS),
        (edge, ENDS),
        (edge + MICRO, ENDS + MICRO),
        (ENDS - MICRO, ENDS - MICRO + WINDOW),
    ] {
        let mut scene = quiet(ascending());
        scene.offer(BEN, 2_000, at).unwrap();
        assert_eq!(scene.ends_at(), end, "{at:?}");
    }
}

#[test]
fn a_first_offer_extends() {
    let mut scene = Scene::new(ascending());
    scene.offer(ANN, 1_000, ENDS - MICRO).unwrap();
    assert_eq!(scene.ends_at(), ENDS - MICRO + WINDOW);
}

#[test]
fn a_refusal_never_extends() {
    let mut scene = quiet(ascending());
    let late = ENDS - MICRO;
    assert!(scene.offer(BEN, 1_049, late).is_err());
    assert!(scene.offer(ANN, 5_000, late).is_err());
    assert!(scene.retract(BEN, late).is_err());
    assert_eq!(scene.ends_at(), ENDS);
}

#[test]
fn a_pure_raise_never_extends_but_one_that_lifts_the_price_does() {
    for (maximum, end) in [(8_999, ENDS), (9_000, ENDS - MICRO + WINDOW)] {
        let mut scene = quiet(with_reserve(9_000));
        scene.offer(ANN, maximum, ENDS - MICRO).unwrap();
        assert_eq!(scene.ends_at(), end, "{maximum}");
    }
}

#[test]
fn an_extension_is_measured_from_the_effective_end() {
    let mut scene = quiet(ascending());
    let first = ENDS - Span::seconds(1);
    scene.offer(BEN, 2_000, first).unwrap();
    let moved = first + WINDOW;
    assert_eq!(scene.ends_at(), moved);
    // After the scheduled end and still open.
    scene.offer(BEN, 3_000, moved - MICRO).unwrap();
    assert_eq!(scene.ends_at(), moved - MICRO + WINDOW);
}

#[test]
fn a_change_before_the_window_of_a_moved_end_does_not_move_it_again() {
    let mut scene = quiet(ascending());
    let first = ENDS - Span::seconds(1);
    scene.offer(BEN, 2_000, first).unwrap();
    scene.offer(BEN, 3_000, first).unwrap();
    assert_eq!(scene.ends_at(), first + WINDOW);
}

#[test]
fn the_end_never_moves_more_than_an_hour_beyond_the_scheduled_one() {
    let latest = ENDS + Span::minutes(60);
    let mut scene = quiet(ascending());
    let mut amount = 10_000;
    // Thirty times two minutes are the hour; ten more change nothing.
    for _ in 0..40 {
        let at = scene.ends_at() - MICRO;
        amount += 50_000;
        let who = if scene.leader() == Some(BEN) { CLEO } else { BEN };
        scene.offer(who, amount, at).unwrap();
        assert!(scene.ends_at() <= latest);
    }
    scene.offer(DAN, amount + 500_000, latest - MICRO).unwrap();
    assert_eq!(scene.ends_at(), latest);
    assert!(matches!(scene.offer(ANN, 90_000_000, latest), Err(Refusal::NotOpen { .. })));
}

#[test]
fn retractions_and_cancellations_extend_if_price_or_leader_changes() {
    let play = |deed: Change| {
        let mut scene = quiet(ascending());
        scene.offer(BEN, 2_000, ENDS - Span::minutes(30)).unwrap();
        scene.offer(CLEO, 2_100, ENDS - Span::minutes(29)).unwrap();
        deed(&mut scene);
        scene.ends_at()
    };
    let rows: [(&str, Change, Time); 4] = [
        ("leader and price", |s| drop(s.cancel(ANN, Which::All, LATE).unwrap()), LATE + WINDOW),
        ("price", |s| drop(s.retract(CLEO, LATE).unwrap()), LATE + WINDOW),
        ("neither", |s| drop(s.cancel(BEN, Which::All, LATE).unwrap()), ENDS),
        ("early", |s| drop(s.retract(CLEO, ENDS - Span::seconds(121)).unwrap()), ENDS),
    ];
    for (what, deed, end) in rows {
        assert_eq!(play(deed), end, "{what}");
    }
}

/// Ann's raise to 30.00 held the lead against Ben's equal 30.00. Without it Ben leads, at the same 30.00.
#[test]
fn a_retraction_that_changes_the_leader_but_not_the_price_extends() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_950);
    scene.offer(ANN, 3_000, ENDS - Span::minutes(30)).unwrap();
    scene.offer(BEN, 3_000, ENDS - Span::minutes(29)).unwrap();
    assert_eq!(scene.stands(), Some((3_000, ANN, 3_000)));
    scene.retract(ANN, LATE).unwrap();
    assert_eq!(scene.stands(), Some((3_000, BEN, 3_000)));
    assert_eq!(scene.ends_at(), LATE + WINDOW);
}

#[test]
fn a_reverse_auction_extends_and_a_sealed_one_does_not() {
    for (format, moves) in
        [(Format::Reverse, true), (Format::SealedFirstPrice, false), (Format::SealedSecondPrice, false)]
    {
        let mut scene = Scene::new(terms(format));
        scene.offer(ANN, 1_000, ENDS - MICRO).unwrap();
        assert_eq!(scene.ends_at() > ENDS, moves);
    }
}

#[test]
fn without_the_soft_close_the_end_stays() {
    let mut scene = Scene::new(Terms { extension: None, ..ascending() });
    scene.offer(ANN, 1_000, ENDS - MICRO).unwrap();
    assert_eq!(scene.ends_at(), ENDS);
}

#[test]
fn window_and_cap_are_terms() {
    let extension = Some(Extension { window: Span::seconds(10), cap: Span::seconds(15) });
    let mut scene = Scene::new(Terms { extension, ..ascending() });
    scene.offer(ANN, 9_000, ENDS - Span::seconds(11)).unwrap();
    assert_eq!(scene.ends_at(), ENDS);
    scene.offer(BEN, 2_000, ENDS - MICRO).unwrap();
    assert_eq!(scene.ends_at(), ENDS - MICRO + Span::seconds(10));
    scene.offer(BEN, 3_000, ENDS + Span::seconds(9)).unwrap();
    assert_eq!(scene.ends_at(), ENDS + Span::seconds(15));
    for (window, cap, good) in [(0, 10, false), (10, 9, false), (10, 10, true)] {
        let extension = Some(Extension { window: Span(window), cap: Span(cap) });
        let terms = Terms { extension, start_price: Amount(1), ..ascending() };
        assert_eq!(terms.problems().is_empty(), good);
    }
}
