//! Rules 1 to 4 and 6: ascending with a hidden maximum.

use crate::scene::*;
use auction::{Amount, Outcome, StepTable, Terms};

#[test]
fn the_first_offer_is_at_least_the_start_price() {
    for (amount, refused) in [(999, Some(too_low(1_000))), (1_000, None), (1_001, None)] {
        let mut scene = Scene::new(ascending());
        assert_eq!(scene.offer(ANN, amount, OPENS).err(), refused, "{amount}");
    }
}

#[test]
fn the_first_price_is_the_start_price_whatever_the_maximum() {
    for maximum in [1_000, 1_001, 50_000, Amount::MOST.0] {
        let mut scene = Scene::new(ascending());
        scene.offered(ANN, maximum);
        assert_eq!(scene.stands(), Some((1_000, ANN, maximum)));
    }
}

#[test]
fn an_offer_by_anybody_else_is_at_least_the_price_and_a_step() {
    // At 10.00 the step is 0.50.
    for (amount, refused) in
        [(1_000, Some(too_low(1_050))), (1_049, Some(too_low(1_050))), (1_050, None), (1_051, None)]
    {
        let mut scene = Scene::new(ascending());
        scene.offered(ANN, 9_000);
        assert_eq!(scene.offer(BEN, amount, OPENS).err(), refused, "{amount}");
    }
}

#[test]
fn any_amount_above_the_step_will_do_it_need_not_be_a_multiple() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 1_000);
    scene.offered(BEN, 1_237);
    assert_eq!(scene.stands(), Some((1_050, BEN, 1_237)));
}

#[test]
fn the_price_is_the_losers_maximum_and_a_step_but_never_above_the_winners() {
    // Ann's maximum, Ben's, then price and leader.
    let rows = [
        (5_000, 2_000, 2_050, ANN),
        (5_000, 4_899, 4_999, ANN),
        (5_000, 4_900, 5_000, ANN),
        (5_000, 4_901, 5_000, ANN),
        (5_000, 4_999, 5_000, ANN),
        (5_000, 5_000, 5_000, ANN),
        (5_000, 5_001, 5_001, BEN),
        (5_000, 5_099, 5_099, BEN),
        (5_000, 5_100, 5_100, BEN),
        (5_000, 5_101, 5_100, BEN),
        (5_000, 90_000, 5_100, BEN),
        // The step is that of the loser's maximum, not of the price before.
        (9_999, 50_000, 10_099, BEN),
        (10_000, 50_000, 10_250, BEN),
    ];
    for (ann, ben, price, leader) in rows {
        let mut scene = Scene::new(ascending());
        scene.offered(ANN, ann);
        scene.offered(BEN, ben);
        assert_eq!(scene.stands(), Some((price, leader, ann.max(ben))), "{ann} {ben}");
    }
}

#[test]
fn a_later_equal_maximum_does_not_lead() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 3_000);
    scene.offered(BEN, 3_000);
    assert_eq!(scene.stands(), Some((3_000, ANN, 3_000)));
    assert_eq!(scene.offer(CLEO, 3_099, OPENS), Err(too_low(3_100)));
}

#[test]
fn who_is_outbid_by_less_than_a_step_can_come_back_only_with_a_full_one() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 5_000);
    scene.offered(BEN, 5_001);
    assert_eq!(scene.price(), Some(5_001));
    assert_eq!(scene.offer(ANN, 5_100, OPENS), Err(too_low(5_101)));
    scene.offered(ANN, 5_101);
    assert_eq!(scene.stands(), Some((5_101, ANN, 5_101)));
}

#[test]
fn the_leader_raises_by_any_amount_and_nothing_else_changes() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    scene.offered(BEN, 3_000);
    let before = scene.auction.standing.clone();
    for (maximum, refused) in [
        (2_999, Some(not_above_own(3_000))),
        (3_000, Some(not_above_own(3_000))),
        (3_001, None),
        (Amount::MOST.0, None),
    ] {
        assert_eq!(scene.offer(BEN, maximum, OPENS).err(), refused, "{maximum}");
    }
    assert_eq!(scene.price(), Some(2_050));
    assert_eq!((scene.leader(), scene.ends_at()), (Some(BEN), before.ends_at));
}

#[test]
fn the_leader_at_the_very_top_can_be_met_by_nobody() {
    let most = Amount::MOST.0;
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, most);
    scene.offered(BEN, most);
    assert_eq!(scene.stands(), Some((most, ANN, most)));
    assert_eq!(scene.offer(BEN, most, OPENS), Err(too_low(most + 10_000)));
    assert_eq!(scene.offer(BEN, most + 10_000, OPENS), Err(too_high(most)));
    assert_eq!(scene.offer(ANN, most, OPENS), Err(not_above_own(most)));
    // There is no next offer to be shown: it was once shown beyond the most that is taken.
    assert_eq!(auction::shown::auction(&scene.auction, OPENS).next_offer, None);
}

#[test]
fn the_price_follows_from_the_sequence_and_not_from_the_heights() {
    let amounts = [(ANN, 2_000), (BEN, 3_000), (CLEO, 2_500)];
    let mut told = Scene::new(ascending());
    for (who, amount) in amounts {
        told.offered(who, amount);
    }
    assert_eq!(told.stands(), Some((2_600, BEN, 3_000)));
    let mut turned = Scene::new(ascending());
    turned.offered(BEN, 3_000);
    turned.offered(CLEO, 2_500);
    // Ann's 20.00 comes too late now: the price is 26.00 already.
    assert_eq!(turned.offer(ANN, 2_000, OPENS), Err(too_low(2_700)));
}

#[test]
fn the_least_offer_that_is_shown_is_the_least_that_is_taken() {
    let mut scene = Scene::new(ascending());
    for who in [ANN, BEN, CLEO, ANN] {
        let least = scene.auction.least_offer(Some(who)).unwrap().0;
        assert!(scene.offer(who, least - 1, OPENS).is_err());
        assert!(scene.offer(who, least, OPENS).is_ok());
    }
    let leader = scene.leader().unwrap();
    let raise = scene.auction.least_offer(Some(leader)).unwrap().0;
    assert_eq!(raise, scene.limit().unwrap() + 1);
}

#[test]
fn sold_to_the_leader_at_the_price_and_not_at_the_maximum() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 9_000);
    scene.offered(BEN, 2_000);
    assert_eq!(scene.close(ENDS), sold(ANN, 2_050));
}

#[test]
fn without_offers_nothing_is_sold() {
    assert_eq!(Scene::new(ascending()).close(ENDS), Some(Outcome::Unsold));
}

#[test]
fn a_table_of_the_listings_own_gives_the_steps() {
    let steps = StepTable::flat(Amount(300)).unwrap();
    let mut scene = Scene::new(Terms { steps, ..ascending() });
    scene.offered(ANN, 5_000);
    assert_eq!(scene.offer(BEN, 1_299, OPENS), Err(too_low(1_300)));
    scene.offered(BEN, 1_300);
    assert_eq!(scene.stands(), Some((1_600, ANN, 5_000)));
}
