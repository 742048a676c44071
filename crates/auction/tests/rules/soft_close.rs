//! The soft close: 120 seconds, at most an hour beyond the scheduled end.

use crate::scene::*;
use auction::{Amount, Extension, Format, Refusal, Span, Terms, Time, Which};

const WINDOW: Span = Span::seconds(120);

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
    while scene.ends_at() < latest {
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
    let late = ENDS - Span::seconds(60);
    let play = |deed: &dyn Fn(&mut Scene)| {
        let mut scene = quiet(ascending());
        scene.offer(BEN, 2_000, ENDS - Span::minutes(30)).unwrap();
        scene.offer(CLEO, 2_100, ENDS - Span::minutes(29)).unwrap();
        deed(&mut scene);
        scene.ends_at()
    };
    let rows: [(&str, &dyn Fn(&mut Scene), Time); 4] = [
        ("leader and price", &|s| drop(s.cancel(ANN, Which::All, late).unwrap()), late + WINDOW),
        ("price", &|s| drop(s.retract(CLEO, late).unwrap()), late + WINDOW),
        ("neither", &|s| drop(s.cancel(BEN, Which::All, late).unwrap()), ENDS),
        ("early", &|s| drop(s.retract(CLEO, ENDS - Span::seconds(121)).unwrap()), ENDS),
    ];
    for (what, deed, end) in rows {
        assert_eq!(play(deed), end, "{what}");
    }
}

#[test]
fn a_cancellation_that_changes_the_leader_but_not_the_price_extends() {
    let late = ENDS - Span::seconds(60);
    let mut scene = quiet(ascending());
    // Equal maxima: Ann leads at 50.00. Without her, Cleo leads Ben at 50.00.
    scene.offer(BEN, 5_000, late - Span::hours(1)).unwrap();
    let mut other = Scene::new(ascending());
    other.offered(ANN, 1_000);
    scene.cancel(ANN, Which::All, late).unwrap();
    assert_eq!(scene.stands(), Some((1_000, BEN, 5_000)));
    assert_eq!(scene.ends_at(), late + WINDOW);
    // One bidder after another at the start price.
    other.offer(BEN, 1_050, late - Span::hours(1)).unwrap();
    other.cancel(BEN, Which::All, late - Span::hours(1)).unwrap();
    assert_eq!(other.stands(), Some((1_000, ANN, 1_000)));
}

#[test]
fn the_leader_alone_changes_when_two_equal_tops_lose_the_first() {
    let late = ENDS - Span::seconds(60);
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    scene.offered(BEN, 3_000);
    scene.offered(CLEO, 3_000);
    scene.offered(DAN, 3_100);
    assert_eq!(scene.stands(), Some((3_100, DAN, 3_100)));
    scene.offer(BEN, 3_200, late - Span::minutes(5)).unwrap();
    // Ben leads at 32.00; without that raise Dan leads at 31.00; without Dan's as well Ben at 30.00.
    scene.retract(BEN, late).unwrap();
    assert_eq!((scene.stands(), scene.ends_at()), (Some((3_100, DAN, 3_100)), late + WINDOW));
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
