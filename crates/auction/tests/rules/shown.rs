//! What strangers see of an auction and of its entries.

use crate::scene::*;
use auction::shown::{self, Shown, ShownEntry};
use auction::{Amount, Deed, Format, Outcome, Person, Progress, Span, Terms, Time, Verdict, Which};

fn seen(scene: &Scene, at: Time) -> Shown {
    shown::auction(&scene.auction, at)
}

/// The amounts of all entries as this viewer sees them; `None` where the entry is hidden.
fn amounts(scene: &Scene, viewer: Option<Person>) -> Vec<Option<Option<i64>>> {
    let look = |entry| shown::entry(&scene.auction, entry, viewer);
    let amount = |entry: ShownEntry| entry.amount.map(|amount| amount.0);
    scene.entries.iter().map(|entry| look(entry).map(amount)).collect()
}

/// Ann leads with 90.00 at 80.50 after Ben's 30.00 and 80.00; entry 3 is a refusal of Cleo.
fn story() -> Scene {
    let mut scene = Scene::new(ascending());
    scene.offered(BEN, 3_000);
    scene.offered(ANN, 5_000);
    assert!(scene.offer(CLEO, 1_000, OPENS).is_err());
    scene.offered(ANN, 9_000);
    scene.offered(BEN, 8_000);
    scene
}

#[test]
fn a_stranger_sees_price_leader_and_count_while_it_runs() {
    let scene = story();
    let shown = seen(&scene, OPENS);
    let expected = Shown {
        progress: Progress::Open,
        price: Some(Amount(8_100)),
        next_offer: Some(Amount(8_200)),
        offers: 4,
        reserve_met: None,
        buy_now: None,
        ends_at: ENDS,
        leader: Some(ANN),
        outcome: None,
        over_at: None,
        postponed: 0,
        stood_still: Span::ZERO,
        last_entry: 5,
    };
    assert_eq!(shown, expected);
}

#[test]
fn before_the_first_offer_there_is_no_price_but_a_least_offer() {
    let scene = Scene::new(with_reserve(5_000));
    for at in [OPENS - MICRO, OPENS] {
        let shown = seen(&scene, at);
        assert_eq!((shown.price, shown.next_offer), (None, Some(Amount(1_000))));
        assert_eq!((shown.reserve_met, shown.leader), (Some(false), None));
    }
    assert_eq!(seen(&scene, ENDS).next_offer, None);
}

#[test]
fn while_it_runs_everybody_sees_only_the_own_amounts_and_refusals() {
    let scene = story();
    let own = |who: Person, entry: usize| {
        let entry = &scene.entries[entry];
        (entry.by.person() == Some(who)).then_some(entry.amount.map(|amount| amount.0))
    };
    let viewers = [None, Some(ANN), Some(BEN), Some(CLEO), Some(DAN), Some(SELLER)];
    for viewer in viewers {
        for (at, amount) in amounts(&scene, viewer).into_iter().enumerate() {
            let expected = match viewer.and_then(|who| own(who, at)) {
                Some(mine) => Some(mine),
                None if at == 2 => None,
                None => Some(None),
            };
            assert_eq!(amount, expected, "{viewer:?} {at}");
        }
    }
}

#[test]
fn the_least_that_would_have_been_taken_is_told_to_who_was_refused_only() {
    let scene = story();
    let refused = &scene.entries[2];
    let to_cleo = shown::entry(&scene.auction, refused, Some(CLEO)).unwrap();
    assert!(matches!(to_cleo.verdict, Verdict::Refused(_)));
    for viewer in [None, Some(ANN), Some(SELLER)] {
        assert_eq!(shown::entry(&scene.auction, refused, viewer), None);
    }
}

#[test]
fn after_the_close_all_offers_are_revealed_except_the_winners_last_maximum() {
    let mut scene = story();
    scene.close(ENDS);
    let strangers = amounts(&scene, None);
    assert_eq!(strangers[..5], [Some(Some(3_000)), Some(Some(5_000)), None, Some(None), Some(Some(8_000))]);
    assert_eq!(amounts(&scene, Some(ANN))[3], Some(Some(9_000)));
    assert_eq!(amounts(&scene, Some(BEN))[3], Some(None));
}

#[test]
fn the_winners_last_maximum_is_revealed_if_it_is_the_price() {
    for (bens, revealed) in [(8_899, None), (8_900, Some(9_000)), (9_000, Some(9_000))] {
        let mut scene = Scene::new(ascending());
        scene.offered(ANN, 9_000);
        scene.offered(BEN, bens);
        scene.close(ENDS);
        assert_eq!(amounts(&scene, None)[0], Some(revealed), "{bens}");
    }
}

#[test]
fn a_maximum_that_was_cut_is_not_revealed() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.lower_reserve(5_000, OPENS).unwrap();
    scene.close(ENDS);
    scene.by_seller(Deed::Accept, ENDS).unwrap();
    assert_eq!(scene.outcome(), sold(ANN, 1_000));
    assert_eq!(amounts(&scene, None)[..2], [Some(None), None]);
}

#[test]
fn an_unmet_reserve_and_the_leader_below_it_stay_closed() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.offered(BEN, 2_000);
    scene.lower_reserve(8_000, OPENS).unwrap();
    scene.close(ENDS);
    let shown = seen(&scene, ENDS);
    assert_eq!((shown.outcome, shown.reserve_met), (Some(Outcome::Unsold), Some(false)));
    // Ann's maximum might still be accepted at the price shown; Ben's is revealed.
    assert_eq!(amounts(&scene, None), [Some(None), Some(Some(2_000)), None, Some(None)]);
    assert_eq!(amounts(&scene, Some(SELLER))[2], Some(Some(8_000)));
}

/// The number of the last entry used to tell how often sealed offers were replaced and refused.
#[test]
fn that_a_sealed_offer_was_replaced_or_refused_is_not_to_be_counted() {
    let mut scene = Scene::new(Terms { format: Format::SealedFirstPrice, ..ascending() });
    scene.offered(ANN, 6_000);
    scene.offered(ANN, 7_000);
    scene.offer(BEN, 1, OPENS).unwrap_err();
    assert_eq!((seen(&scene, OPENS).offers, seen(&scene, OPENS).last_entry), (1, 1));
    scene.close(ENDS);
    assert_eq!(seen(&scene, ENDS).last_entry, scene.auction.last);
}

#[test]
fn nothing_is_revealed_of_what_was_withdrawn() {
    let mut scene = story();
    scene.by_seller(Deed::Withdraw { reason: "broken".into() }, OPENS).unwrap();
    assert!(amounts(&scene, None).iter().flatten().all(Option::is_none));
}

#[test]
fn of_a_running_sealed_auction_only_the_number_of_offers_is_shown() {
    for format in [Format::SealedFirstPrice, Format::SealedSecondPrice] {
        let mut scene = Scene::new(Terms { reserve: Some(Amount(2_000)), ..terms(format) });
        scene.offered(ANN, 3_000);
        scene.offered(BEN, 5_000);
        scene.offered(ANN, 4_000);
        let shown = seen(&scene, OPENS);
        assert_eq!((shown.price, shown.leader, shown.reserve_met), (None, None, None));
        assert_eq!((shown.offers, shown.next_offer), (2, Some(Amount(1_000))));
        assert_eq!(amounts(&scene, None), [None, None, None]);
        assert_eq!(amounts(&scene, Some(BEN)), [None, Some(Some(5_000)), None]);
        assert_eq!(amounts(&scene, Some(SELLER)), [None, None, None]);
    }
}

#[test]
fn sealed_offers_stay_closed_after_the_close() {
    let mut scene = Scene::new(Terms { reserve: Some(Amount(2_000)), ..terms(Format::SealedSecondPrice) });
    scene.offered(ANN, 3_000);
    scene.offered(BEN, 5_000);
    scene.close(ENDS);
    let shown = seen(&scene, ENDS);
    assert_eq!((shown.price, shown.leader), (Some(Amount(3_000)), Some(BEN)));
    assert_eq!((shown.outcome, shown.reserve_met), (sold(BEN, 3_000), None));
    assert_eq!(amounts(&scene, None), [None, None, Some(None)]);
    assert_eq!(amounts(&scene, Some(ANN)), [Some(Some(3_000)), None, Some(None)]);
}

/// A retraction once showed strangers that this very person had had a sealed offer.
#[test]
fn nobody_else_learns_whose_sealed_offer_was_taken_away() {
    let mut scene = Scene::new(terms(Format::SealedFirstPrice));
    scene.offered(ANN, 3_000);
    scene.offered(BEN, 4_000);
    scene.retract(ANN, OPENS).unwrap();
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    let who = |entry: usize, viewer| shown::entry(&scene.auction, &scene.entries[entry], viewer).unwrap().who;
    assert_eq!([who(2, None), who(2, Some(BEN)), who(2, Some(ANN))], [None, None, Some(ANN)]);
    assert_eq!([who(3, None), who(3, Some(ANN)), who(3, Some(BEN))], [None, None, Some(BEN)]);
}

#[test]
fn of_an_open_auction_everybody_sees_whose_offers_were_taken_away() {
    let mut scene = story();
    scene.cancel(BEN, Which::All, OPENS).unwrap();
    let last = scene.entries.last().unwrap();
    let shown = shown::entry(&scene.auction, last, None).unwrap();
    assert_eq!((shown.what, shown.who, shown.amount), ("cancel", Some(BEN), None));
}

/// Why an offer was taken away was asked and kept, and nobody ever got to read it.
#[test]
fn why_an_offer_was_taken_away_is_between_its_bidder_and_the_seller() {
    for format in [Format::Ascending, Format::SealedFirstPrice] {
        let mut scene = Scene::new(terms(format));
        scene.offered(ANN, 3_000);
        scene.offered(BEN, 5_000);
        scene.retract(ANN, OPENS).unwrap();
        scene.cancel(BEN, Which::All, OPENS).unwrap();
        let why = |entry: usize, viewer| {
            shown::entry(&scene.auction, &scene.entries[entry], viewer).unwrap().reason.map(String::from)
        };
        for (entry, whose, reason) in [(2, ANN, "typing error"), (3, BEN, "never pays")] {
            assert_eq!(
                [why(entry, Some(whose)), why(entry, Some(SELLER))],
                [(); 2].map(|()| Some(reason.to_owned()))
            );
            for other in EVERYBODY.into_iter().filter(|other| *other != whose) {
                assert_eq!(why(entry, Some(other)), None);
            }
            assert_eq!(why(entry, None), None);
        }
    }
}

#[test]
fn why_the_end_has_moved_or_the_item_is_gone_is_said_to_everybody() {
    let mut scene = story();
    let (from, to) = (ENDS - Span::seconds(60), ENDS + Span::seconds(60));
    scene.outage(from, to);
    scene.give(MODERATOR, Deed::Withdraw { reason: "stolen".into() }, to).unwrap();
    let last: Vec<_> = scene.entries.iter().rev().take(2).collect();
    let shown = |entry| shown::entry(&scene.auction, entry, None).unwrap();
    assert_eq!((shown(last[0]).reason.as_deref(), shown(last[0]).away), (Some("stolen"), None));
    assert_eq!((shown(last[1]).reason.as_deref(), shown(last[1]).away), (Some("power"), Some((from, to))));
}

#[test]
fn that_a_reserve_was_lowered_is_known_to_the_seller_alone() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.lower_reserve(5_000, OPENS).unwrap();
    let seen = |viewer| shown::entry(&scene.auction, &scene.entries[1], viewer).map(|entry| entry.amount);
    assert_eq!((seen(None), seen(Some(ANN)), seen(Some(SELLER))), (None, None, Some(Some(Amount(5_000)))));
}

#[test]
fn what_the_site_does_names_nobody() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 6_000);
    scene.outage(ENDS - Span::seconds(60), ENDS + Span::seconds(60));
    let shown = shown::entry(&scene.auction, &scene.entries[1], None).unwrap();
    assert_eq!((shown.what, shown.who, shown.amount), ("postpone", None, None));
}

#[test]
fn a_running_clock_shows_its_price_and_a_sold_one_what_was_paid() {
    let hour = Span::hours(1);
    let mut scene = Scene::new(dutch());
    for (at, price) in [(OPENS - hour, 1_000), (OPENS, 1_000), (OPENS + hour, 700)] {
        assert_eq!(seen(&scene, at).price, Some(Amount(price)));
    }
    assert_eq!(seen(&scene, scene.ends_at()).price, None);
    scene.take(ANN, 1_000, OPENS + hour).unwrap();
    let shown = seen(&scene, OPENS + hour + hour);
    assert_eq!((shown.price, shown.leader, shown.offers), (Some(Amount(700)), Some(ANN), 1));
    assert_eq!(amounts(&scene, None), [Some(Some(700))]);
}

#[test]
fn buy_now_is_shown_while_it_is_to_be_had() {
    let mut scene = Scene::new(Terms { buy_now: Some(Amount(90_000)), ..ascending() });
    for (at, shown) in [(OPENS - MICRO, true), (OPENS, true), (ENDS, false)] {
        assert_eq!(seen(&scene, at).buy_now.is_some(), shown);
    }
    let mut bid_on = scene.clone();
    bid_on.offered(ANN, 1_000);
    assert_eq!(seen(&bid_on, OPENS).buy_now, None);
    scene.buy_now(ANN, OPENS).unwrap();
    let shown = seen(&scene, OPENS);
    assert_eq!((shown.buy_now, shown.leader, shown.price), (None, Some(ANN), Some(Amount(90_000))));
    assert_eq!(amounts(&scene, None), [Some(Some(90_000))]);
}
