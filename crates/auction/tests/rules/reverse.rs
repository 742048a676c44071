//! Reverse auctions: the lowest offer wins. The start price is the ceiling, the reserve the hidden most.

use crate::scene::*;
use auction::{Amount, Format, Outcome, Person, StepTable, Terms, shown};

fn gig(ceiling: i64, step: i64) -> Terms {
    Terms {
        start_price: Amount(ceiling),
        steps: StepTable::flat(Amount(step)).unwrap(),
        ..terms(Format::Reverse)
    }
}

fn standing(terms: Terms, offers: &[(Person, i64)]) -> Option<(i64, Person, i64)> {
    let mut scene = Scene::new(terms);
    for &(who, amount) in offers {
        scene.offered(who, amount);
    }
    scene.stands()
}

#[test]
fn the_first_offer_is_at_most_the_ceiling_and_the_price_is_the_ceiling() {
    for (amount, refused) in [(1_001, Some(too_high(1_000))), (1_000, None), (999, None), (1, None)] {
        let mut scene = Scene::new(gig(1_000, 50));
        assert_eq!(scene.offer(ANN, amount, OPENS).err(), refused, "{amount}");
        if refused.is_none() {
            assert_eq!(scene.stands(), Some((1_000, ANN, amount)));
        }
    }
}

#[test]
fn nobody_works_for_nothing() {
    let mut scene = Scene::new(gig(1_000, 50));
    assert_eq!(scene.offer(ANN, 0, OPENS), Err(too_low(1)));
    assert_eq!(scene.offer(ANN, -1, OPENS), Err(too_low(1)));
}

#[test]
fn the_price_is_the_runner_up_less_a_step_but_not_below_the_lowest() {
    let rows = [
        (500, 700, 650, ANN),
        (500, 551, 501, ANN),
        (500, 550, 500, ANN),
        (500, 549, 500, ANN),
        (500, 500, 500, ANN),
        (500, 499, 499, BEN),
        (500, 450, 450, BEN),
        (500, 449, 450, BEN),
        (500, 1, 450, BEN),
    ];
    for (ann, ben, price, leader) in rows {
        let stands = standing(gig(1_000, 50), &[(ANN, ann), (BEN, ben)]);
        assert_eq!(stands, Some((price, leader, ann.min(ben))), "{ann} {ben}");
    }
}

#[test]
fn an_offer_is_at_most_the_price_less_a_step() {
    for (amount, refused) in [(951, Some(too_high(950))), (950, None), (949, None)] {
        let mut scene = Scene::new(gig(1_000, 50));
        scene.offered(ANN, 100);
        assert_eq!(scene.offer(BEN, amount, OPENS).err(), refused, "{amount}");
    }
}

#[test]
fn once_the_price_is_not_above_its_step_any_lower_amount_will_do_down_to_one() {
    // Price with a step of 5, and the most that is taken then.
    for (price, most) in [(7, 2), (6, 1), (5, 4), (4, 3), (3, 2), (2, 1)] {
        let mut scene = Scene::new(gig(price, 5));
        scene.offered(ANN, price);
        assert_eq!(scene.price(), Some(price));
        assert_eq!(scene.offer(BEN, most + 1, OPENS), Err(too_high(most)), "{price}");
        assert_eq!(shown::auction(&scene.auction, OPENS).next_offer, Some(Amount(most)));
        scene.offered(BEN, most);
        assert_eq!(scene.leader(), Some(BEN), "{price}");
    }
}

#[test]
fn the_price_stays_at_least_one_however_large_the_step() {
    assert_eq!(standing(gig(9, 5), &[(ANN, 9), (BEN, 4), (CLEO, 3)]), Some((3, CLEO, 3)));
    assert_eq!(standing(gig(9, 5), &[(ANN, 1), (BEN, 4)]), Some((1, ANN, 1)));
    assert_eq!(standing(gig(9, 5), &[(ANN, 1), (BEN, 1)]), Some((1, ANN, 1)));
}

/// It once showed 0.00 as the next offer, which nobody can make.
#[test]
fn at_a_price_of_one_nothing_lower_can_be_offered_and_nothing_is_shown() {
    let mut scene = Scene::new(gig(1, 5));
    scene.offered(ANN, 1);
    assert_eq!(shown::auction(&scene.auction, OPENS).next_offer, None);
    assert_eq!(scene.auction.least_offer(Some(ANN)), None);
    for amount in [1, 0] {
        assert!(scene.offer(BEN, amount, OPENS).is_err());
        assert!(scene.offer(ANN, amount, OPENS).is_err());
    }
}

#[test]
fn the_leader_goes_lower_by_any_amount_and_nothing_else_changes() {
    let mut scene = Scene::new(gig(1_000, 50));
    scene.offered(ANN, 500);
    assert_eq!(scene.offer(ANN, 500, OPENS), Err(not_above_own(500)));
    assert_eq!(scene.offer(ANN, 501, OPENS), Err(not_above_own(500)));
    scene.offered(ANN, 499);
    assert_eq!(scene.stands(), Some((1_000, ANN, 499)));
}

#[test]
fn the_hidden_most_lowers_the_price_to_itself() {
    for (amount, price, met) in [(601, 1_000, false), (600, 600, true), (599, 600, true)] {
        let reserve = Some(Amount(600));
        let mut scene = Scene::new(Terms { reserve, ..gig(1_000, 50) });
        scene.offered(ANN, amount);
        assert_eq!(scene.price(), Some(price));
        let outcome = if met { sold(ANN, price) } else { Some(Outcome::Unsold) };
        assert_eq!(scene.close(ENDS), outcome);
    }
}

#[test]
fn raising_the_hidden_most_cuts_as_lowering_a_reserve_does() {
    // Most 300; Ann would do it for 500, the price is 750. The new most, and Ann's limit after.
    for (to, limit, met) in [(499, 500, false), (500, 501, false), (749, 750, false), (750, 500, true)] {
        let reserve = Some(Amount(300));
        let mut scene = Scene::new(Terms { reserve, ..gig(1_000, 50) });
        scene.offered(ANN, 500);
        scene.offered(BEN, 800);
        scene.lower_reserve(to, OPENS).unwrap();
        assert_eq!(scene.stands(), Some((750, ANN, limit)), "{to}");
        assert_eq!(scene.auction.reserve_met(), Some(met), "{to}");
    }
}

#[test]
fn the_hidden_most_only_rises_and_not_above_the_ceiling() {
    for (to, good) in [(299, false), (300, false), (301, true), (1_000, true), (1_001, false)] {
        let reserve = Some(Amount(300));
        let mut scene = Scene::new(Terms { reserve, ..gig(1_000, 50) });
        assert_eq!(scene.lower_reserve(to, OPENS).is_ok(), good, "{to}");
    }
}

#[test]
fn a_hidden_most_above_the_ceiling_is_no_term() {
    for (reserve, good) in [(1_001, false), (1_000, true), (1, true), (0, false)] {
        let terms = Terms { reserve: Some(Amount(reserve)), ..gig(1_000, 50) };
        assert_eq!(terms.problems().is_empty(), good, "{reserve}");
    }
}
