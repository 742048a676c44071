//! Open means opens_at <= arrival < ends_at, to the microsecond.

use crate::scene::*;
use auction::{Actor, Auction, Deed, Outcome, Phase, Progress, Refusal, Span, Which, revise};

#[test]
fn an_auction_is_open_from_its_first_moment_to_the_one_before_its_last() {
    let rows = [
        (OPENS - MICRO, Progress::Scheduled),
        (OPENS, Progress::Open),
        (OPENS + MICRO, Progress::Open),
        (ENDS - MICRO, Progress::Open),
        (ENDS, Progress::Closing),
        (ENDS + MICRO, Progress::Closing),
    ];
    for (at, progress) in rows {
        let mut scene = Scene::new(ascending());
        assert_eq!(scene.auction.progress(at), progress);
        let refused = (progress != Progress::Open).then_some(Refusal::NotOpen { progress });
        assert_eq!(scene.offer(ANN, 1_000, at).err(), refused, "{at:?}");
    }
}

#[test]
fn nothing_is_taken_where_there_is_nothing_to_bid_on() {
    let at = OPENS;
    let withdrawn = Phase::Withdrawn { at };
    let closed = |outcome| Phase::Closed { at, outcome };
    let (winner, price) = (ANN, auction::Amount(1_000));
    let rows = [
        (Phase::Draft, Progress::Unpublished),
        (Phase::AwaitingApproval, Progress::Unpublished),
        (Phase::NotApproved, Progress::Unpublished),
        (withdrawn, Progress::Withdrawn),
        (closed(Outcome::Unsold), Progress::Unsold),
        (closed(Outcome::Sold { winner, price }), Progress::Sold),
    ];
    for (phase, progress) in rows {
        let mut scene = Scene::of(Auction::new(SELLER, ascending(), phase));
        assert_eq!(scene.offer(ANN, 1_000, OPENS), Err(Refusal::NotOpen { progress }));
        assert_eq!(scene.close(ENDS + Span::days(9)), None, "{phase:?}");
        assert_eq!((scene.entries.len(), scene.price()), (1, None));
    }
}

#[test]
fn the_close_is_due_from_the_end_on_and_happens_once() {
    for (at, due) in [(ENDS - MICRO, false), (ENDS, true), (ENDS + MICRO, true)] {
        let mut scene = Scene::new(ascending());
        scene.offered(ANN, 1_000);
        assert_eq!(scene.close(at), if due { sold(ANN, 1_000) } else { None });
        if due {
            assert_eq!(scene.close(at + Span::hours(1)), None);
            assert_eq!(scene.entries.len(), 2);
        }
    }
}

#[test]
fn between_the_end_and_the_close_nothing_is_taken_and_nothing_taken_back() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 5_000);
    let refused = Refusal::NotOpen { progress: Progress::Closing };
    assert_eq!(scene.offer(BEN, 9_000, ENDS), Err(refused));
    assert_eq!(scene.retract(ANN, ENDS), Err(refused));
    assert_eq!(scene.cancel(ANN, Which::All, ENDS), Err(refused));
    assert_eq!(scene.by_seller(Deed::EndEarly, ENDS), Err(refused));
    let by = Actor::Person(SELLER);
    assert_eq!(scene.give(by, Deed::Withdraw { reason: "".into() }, ENDS), Err(refused));
    assert_eq!(scene.close(ENDS), sold(ANN, 1_000));
}

#[test]
fn looking_never_closes_anything() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 1_000);
    let before = scene.auction.clone();
    auction::shown::auction(&scene.auction, ENDS + Span::days(1));
    assert_eq!(scene.auction, before);
}

#[test]
fn arrival_is_never_earlier_than_the_last_entry() {
    let mut scene = Scene::new(ascending());
    let noon = OPENS + Span::hours(12);
    scene.offer(ANN, 1_000, noon).unwrap();
    for (given, arrival) in [(OPENS, noon), (noon - MICRO, noon), (noon, noon), (noon + MICRO, noon + MICRO)]
    {
        let amount = scene.price().unwrap() + 5_000;
        let entry = scene.offer(BEN, amount, given);
        let at = scene.entries.last().unwrap().at;
        assert_eq!(at, arrival, "{entry:?}");
    }
}

/// A clock that is set back does not reopen what has closed.
#[test]
fn a_refused_offer_after_the_end_keeps_the_clock_from_going_back() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 1_000);
    assert!(scene.offer(BEN, 2_000, ENDS).is_err());
    assert!(scene.offer(BEN, 2_000, ENDS - Span::hours(1)).is_err());
}

#[test]
fn approval_after_the_planned_start_moves_start_and_end() {
    let waiting = Auction::new(SELLER, ascending(), Phase::AwaitingApproval);
    for (late, moved) in
        [(Span(-1), Span::ZERO), (Span::ZERO, Span::ZERO), (MICRO, MICRO), (Span::days(2), Span::days(2))]
    {
        let published = revise::publish(&waiting, OPENS + late);
        assert_eq!(published.terms.opens_at, OPENS + moved);
        assert_eq!(published.terms.ends_at, ENDS + moved);
        assert_eq!(published.standing.ends_at, ENDS + moved);
        assert_eq!(published.standing.phase, Phase::Published);
    }
}

#[test]
fn an_auction_that_ends_before_it_opens_is_not_listed() {
    for (length, good) in [(Span(-1), false), (Span::ZERO, false), (MICRO, true)] {
        let terms = auction::Terms { ends_at: OPENS + length, ..ascending() };
        assert_eq!(terms.problems().is_empty(), good);
    }
}
