//! Ending early: sell to the leader now, or withdraw.

use crate::scene::*;
use auction::{Actor, Deed, Phase, Progress, Refusal, Span};

fn withdraw() -> Deed {
    Deed::Withdraw { reason: "broken".into() }
}

#[test]
fn the_seller_sells_to_the_leader_now_at_the_price_reserve_or_not() {
    for reserve in [1_000, 9_000] {
        for at in [OPENS, ENDS - Span::hours(12), ENDS - MICRO] {
            let mut scene = Scene::new(with_reserve(reserve));
            scene.offered(ANN, 5_000);
            scene.offered(BEN, 2_000);
            scene.by_seller(Deed::EndEarly, at).unwrap();
            assert_eq!((scene.outcome(), scene.ends_at()), (sold(ANN, 2_050), at));
            assert_eq!(scene.close(ENDS), None);
        }
    }
}

#[test]
fn without_a_leader_there_is_nobody_to_sell_to() {
    let mut scene = Scene::new(ascending());
    assert_eq!(scene.by_seller(Deed::EndEarly, OPENS), Err(Refusal::NothingToSell));
    scene.offered(ANN, 2_000);
    scene.retract(ANN, OPENS).unwrap();
    assert_eq!(scene.by_seller(Deed::EndEarly, OPENS), Err(Refusal::NothingToSell));
    let mut clock = Scene::new(dutch());
    assert_eq!(clock.by_seller(Deed::EndEarly, OPENS), Err(Refusal::NothingToSell));
}

#[test]
fn with_bids_the_seller_withdraws_only_while_twelve_hours_are_left() {
    let edge = ENDS - Span::hours(12);
    for (at, good) in [(edge - MICRO, true), (edge, true), (edge + MICRO, false), (ENDS - MICRO, false)] {
        let mut scene = Scene::new(ascending());
        scene.offered(ANN, 2_000);
        let refused = (!good).then_some(Refusal::TooLateToChange);
        assert_eq!(scene.by_seller(withdraw(), at).err(), refused, "{at:?}");
        if good {
            assert_eq!(scene.auction.standing.phase, Phase::Withdrawn { at });
            let progress = Progress::Withdrawn;
            assert_eq!(scene.offer(BEN, 9_000, at), Err(Refusal::NotOpen { progress }));
            assert_eq!(scene.close(ENDS), None);
        }
    }
}

#[test]
fn without_bids_the_seller_withdraws_to_the_last_moment() {
    for at in [OPENS - Span::days(1), OPENS, ENDS - MICRO] {
        let mut scene = Scene::new(ascending());
        assert!(scene.by_seller(withdraw(), at).is_ok());
    }
    let mut emptied = Scene::new(ascending());
    emptied.offered(ANN, 2_000);
    emptied.retract(ANN, OPENS).unwrap();
    assert!(emptied.by_seller(withdraw(), ENDS - MICRO).is_ok());
}

#[test]
fn a_moderator_withdraws_at_any_time_before_the_end() {
    for at in [OPENS - Span::days(1), OPENS, ENDS - MICRO] {
        let mut scene = Scene::new(ascending());
        if at >= OPENS {
            scene.offered(ANN, 2_000);
        }
        assert!(scene.give(MODERATOR, withdraw(), at).is_ok(), "{at:?}");
    }
}

#[test]
fn nobody_else_ends_an_auction() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    let refused = Err(Refusal::NotYours);
    for deed in [withdraw(), Deed::EndEarly, Deed::Accept, Deed::Close] {
        assert_eq!(scene.give(Actor::Person(ANN), deed, OPENS), refused);
    }
    for deed in [Deed::EndEarly, Deed::Accept, Deed::Close] {
        assert_eq!(scene.give(MODERATOR, deed, OPENS), refused);
    }
    assert_eq!(scene.by_seller(Deed::Close, ENDS), refused);
    assert_eq!(scene.give(Actor::Site, withdraw(), OPENS), refused);
}

#[test]
fn a_withdrawn_auction_stays_withdrawn() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    scene.by_seller(withdraw(), OPENS).unwrap();
    let refused = Err(Refusal::NotOpen { progress: Progress::Withdrawn });
    assert_eq!(scene.by_seller(withdraw(), OPENS), refused);
    assert_eq!(scene.by_seller(Deed::EndEarly, OPENS), refused);
    assert_eq!(scene.by_seller(Deed::Accept, OPENS), Err(Refusal::NothingToSell));
}
