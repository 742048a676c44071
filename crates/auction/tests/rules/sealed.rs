//! Sealed auctions, first and second price.

use crate::scene::*;
use auction::{Amount, Deed, Format, Outcome, Person, Refusal, Span, Terms, Which};

const FIRST: Format = Format::SealedFirstPrice;
type Offers = &'static [(Person, i64)];

const SECOND: Format = Format::SealedSecondPrice;

fn reserved(format: Format, reserve: Option<i64>) -> Terms {
    let reserve = reserve.map(Amount);
    Terms { reserve, ..terms(format) }
}

fn plays(terms: Terms, offers: Offers) -> Option<Outcome> {
    let mut scene = Scene::new(terms);
    for &(who, amount) in offers {
        scene.offered(who, amount);
    }
    scene.close(ENDS)
}

#[test]
fn the_best_offer_wins_and_pays_itself_or_the_second() {
    let rows: [(Offers, Person, i64, i64); 8] = [
        (&[(ANN, 3_000)], ANN, 3_000, 1_000),
        (&[(ANN, 3_000), (BEN, 2_000)], ANN, 3_000, 2_000),
        (&[(ANN, 2_000), (BEN, 3_000)], BEN, 3_000, 2_000),
        (&[(ANN, 3_000), (BEN, 3_000)], ANN, 3_000, 3_000),
        (&[(ANN, 3_000), (BEN, 3_001)], BEN, 3_001, 3_000),
        (&[(ANN, 2_000), (BEN, 5_000), (CLEO, 3_000)], BEN, 5_000, 3_000),
        (&[(ANN, 4_000), (BEN, 5_000), (CLEO, 3_000)], BEN, 5_000, 4_000),
        (&[(ANN, 1_000), (BEN, 1_001)], BEN, 1_001, 1_000),
    ];
    for (offers, winner, first, second) in rows {
        assert_eq!(plays(terms(FIRST), offers), sold(winner, first), "{offers:?}");
        assert_eq!(plays(terms(SECOND), offers), sold(winner, second), "{offers:?}");
    }
}

#[test]
fn the_reserve_is_met_by_an_equal_offer_and_is_the_least_second_price() {
    let rows: [(Offers, Option<i64>, Option<i64>); 5] = [
        (&[(ANN, 4_999)], None, None),
        (&[(ANN, 5_000)], Some(5_000), Some(5_000)),
        (&[(ANN, 5_001)], Some(5_001), Some(5_000)),
        (&[(ANN, 9_000), (BEN, 4_999)], Some(9_000), Some(5_000)),
        (&[(ANN, 9_000), (BEN, 5_001)], Some(9_000), Some(5_001)),
    ];
    for (offers, first, second) in rows {
        let expected = |price: Option<i64>| match price {
            Some(price) => sold(ANN, price),
            None => Some(Outcome::Unsold),
        };
        assert_eq!(plays(reserved(FIRST, Some(5_000)), offers), expected(first));
        assert_eq!(plays(reserved(SECOND, Some(5_000)), offers), expected(second));
    }
}

#[test]
fn an_offer_is_at_least_the_start_price_and_knows_no_steps() {
    for (amount, refused) in [(999, Some(too_low(1_000))), (1_000, None), (1_001, None)] {
        let mut scene = Scene::new(terms(FIRST));
        scene.offered(BEN, 5_000);
        assert_eq!(scene.offer(ANN, amount, OPENS).err(), refused);
    }
    let most = Amount::MOST.0;
    let mut scene = Scene::new(terms(SECOND));
    assert_eq!(scene.offer(ANN, most + 1, OPENS), Err(too_high(most)));
    assert!(scene.offer(ANN, most, OPENS).is_ok());
}

#[test]
fn an_offer_is_replaced_up_and_down_until_the_close() {
    for last in [1_000, 2_999, 3_001, 9_000] {
        let mut scene = Scene::new(terms(FIRST));
        scene.offered(ANN, 3_000);
        scene.offer(ANN, last, ENDS - MICRO).unwrap();
        assert_eq!(scene.auction.standing.offers, 1);
        assert_eq!(scene.close(ENDS), sold(ANN, last));
    }
}

#[test]
fn of_equal_offers_the_one_not_replaced_since_wins() {
    let rows: [(Offers, Person); 4] = [
        (&[(ANN, 3_000), (BEN, 3_000)], ANN),
        (&[(ANN, 2_000), (BEN, 3_000), (ANN, 3_000)], BEN),
        // Replaced by the same amount: the time of the last replacement counts.
        (&[(ANN, 3_000), (BEN, 3_000), (ANN, 3_000)], BEN),
        (&[(ANN, 3_000), (BEN, 3_000), (ANN, 4_000), (BEN, 4_000)], ANN),
    ];
    for (offers, winner) in rows {
        for format in [FIRST, SECOND] {
            let price = offers[offers.len() - 1].1;
            assert_eq!(plays(terms(format), offers), sold(winner, price), "{offers:?}");
        }
    }
}

#[test]
fn no_offer_moves_the_end_of_a_sealed_auction() {
    for format in [FIRST, SECOND] {
        let mut scene = Scene::new(terms(format));
        scene.offer(ANN, 2_000, ENDS - Span::seconds(1)).unwrap();
        scene.retract(ANN, ENDS - MICRO).unwrap();
        assert_eq!(scene.ends_at(), ENDS);
    }
}

/// Under 12 hours only the last offer goes; what it replaced was never taken back, so it stands again.
#[test]
fn who_retracts_only_the_last_offer_falls_back_to_the_one_before() {
    let late = ENDS - Span::hours(11);
    let mut scene = Scene::new(terms(FIRST));
    scene.offered(ANN, 3_000);
    scene.offered(BEN, 3_000);
    scene.offer(ANN, 8_000, late).unwrap();
    scene.retract(ANN, late).unwrap();
    assert_eq!(scene.auction.standing.offers, 2);
    assert!(scene.bidder(ANN).standing);
    // With its own time again: it was there before Ben's.
    assert_eq!(scene.close(ENDS), sold(ANN, 3_000));
}

#[test]
fn who_retracts_everything_has_no_offer_and_may_make_another() {
    let mut scene = Scene::new(terms(SECOND));
    scene.offered(ANN, 3_000);
    scene.offered(ANN, 4_000);
    scene.offered(BEN, 2_000);
    scene.retract(ANN, OPENS).unwrap();
    assert_eq!(scene.auction.standing.offers, 1);
    scene.offered(ANN, 2_500);
    assert_eq!(scene.auction.standing.offers, 2);
    assert_eq!(scene.close(ENDS), sold(ANN, 2_000));
}

#[test]
fn a_cancelled_offer_neither_wins_nor_makes_the_second_price() {
    let mut scene = Scene::new(terms(SECOND));
    scene.offered(ANN, 9_000);
    scene.offered(BEN, 5_000);
    scene.offered(CLEO, 3_000);
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    assert_eq!(scene.close(ENDS), sold(ANN, 3_000));
}

#[test]
fn ended_early_a_sealed_auction_is_decided_by_its_own_rule() {
    for (reserve, expected) in [(None, Some(2_000)), (Some(5_000), Some(5_000)), (Some(9_001), None)] {
        let mut scene = Scene::new(reserved(SECOND, reserve));
        scene.offered(ANN, 9_000);
        scene.offered(BEN, 2_000);
        let at = OPENS + Span::hours(1);
        let answer = scene.by_seller(Deed::EndEarly, at).err();
        match expected {
            Some(price) => {
                assert_eq!((scene.outcome(), scene.ends_at()), (sold(ANN, price), at));
            }
            None => assert_eq!(answer, Some(Refusal::NothingToSell)),
        }
    }
}

#[test]
fn lowering_the_reserve_of_a_sealed_auction_cuts_nobody() {
    let mut scene = Scene::new(reserved(FIRST, Some(9_000)));
    scene.offered(ANN, 6_000);
    scene.lower_reserve(5_000, OPENS).unwrap();
    assert_eq!(scene.close(ENDS), sold(ANN, 6_000));
}
