//! A history proves the state it claims, and a tampered one does not.

use crate::reference::Kind;
use crate::scene::*;
use crate::script::{Stage, listing, story};
use auction::{
    Actor, Amount, Auction, Deed, Entry, Outcome, Phase, Progress, Refusal, Span, Terms, Time, Verdict,
    Which, replay,
};
use proptest::prelude::*;

type Tampering = (&'static str, fn(&mut Entry));

/// One field each. Ids, reasons and the moment between two neighbours prove nothing and are not here.
const TAMPERINGS: [Tampering; 13] = [
    ("number", |entry| entry.number += 1),
    ("arrival", |entry| entry.at = Time(entry.at.0 - Span::days(400).0)),
    ("amount", |entry| entry.amount = Some(Amount(entry.amount.map_or(77, |amount| amount.0 + 1)))),
    ("verdict", |entry| {
        entry.verdict = match entry.verdict {
            Verdict::Accepted => Verdict::Refused(Refusal::BuyNowGone),
            Verdict::Refused(_) => Verdict::Accepted,
        }
    }),
    ("removed", |entry| entry.removed = if entry.removed.is_empty() { [1].into() } else { [].into() }),
    ("price", |entry| entry.after.price = Some(Amount(entry.after.price.map_or(1, |price| price.0 + 1)))),
    ("leader", |entry| {
        let limit = Amount(5);
        let person = DAN;
        entry.after.leader = match entry.after.leader {
            Some(_) => None,
            None => Some(auction::Leader { person, limit }),
        }
    }),
    ("limit", |entry| match &mut entry.after.leader {
        Some(leader) => leader.limit.0 += 1,
        none => *none = Some(auction::Leader { person: ANN, limit: Amount(1) }),
    }),
    ("end", |entry| entry.after.ends_at.0 += 1),
    ("reserve", |entry| {
        entry.after.reserve = Some(Amount(entry.after.reserve.map_or(9, |reserve| reserve.0 + 1)))
    }),
    ("offers", |entry| entry.after.offers += 1),
    ("phase", |entry| {
        let (at, outcome) = (Time(5), Outcome::Unsold);
        entry.after.phase = match entry.after.phase {
            Phase::Published => Phase::Closed { at, outcome },
            _ => Phase::Published,
        }
    }),
    ("version", |entry| entry.version = 0),
];

/// The auction before its first entry, with the terms as they were frozen.
fn first(scene: &Scene) -> Auction {
    let mut first = scene.first.clone();
    first.terms = scene.auction.terms.clone();
    first.standing.reserve = first.terms.reserve;
    first.version = scene.auction.version;
    first.terms_version = scene.auction.terms_version;
    first
}

fn rejects(scene: &Scene, at: usize, tampering: Tampering) -> bool {
    let mut entries = scene.entries.clone();
    tampering.1(&mut entries[at]);
    entries != scene.entries && replay::verify(first(scene), &entries).is_err()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_history_with_one_field_changed_is_rejected(listing in listing(Kind::Ascending), story in story(), pick in 0..1_000usize) {
        let mut stage = Stage::new(&listing);
        for (wait, a_move) in story {
            stage.play(wait, a_move);
        }
        let scene = &stage.scene;
        // What came before the first bid was decided under terms that are not known any more.
        let bid = |entry: &Entry| entry.accepted() && entry.deed.is_bid();
        let Some(bound) = scene.entries.iter().position(bid) else { return Ok(()) };
        let at = bound + pick % (scene.entries.len() - bound);
        // The version of a refusal is not known to have been another; the site's own look at none.
        let entry = &scene.entries[at];
        for tampering in TAMPERINGS {
            let free = tampering.0 == "version" && (entry.by == Actor::Site || !entry.accepted());
            prop_assert!(free || rejects(scene, at, tampering), "{} of {entry:?}", tampering.0);
        }
    }
}

/// Everything at once: lowered before and after bids, raised, tied, refused, taken back, away, extended, closed.
fn eventful() -> Scene {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.lower_reserve(8_000, OPENS - Span::hours(1)).unwrap();
    assert!(scene.offer(ANN, 1_000, OPENS - MICRO).is_err());
    scene.offered(ANN, 3_000);
    scene.offered(BEN, 3_000);
    scene.offered(ANN, 5_000);
    assert!(scene.offer(CLEO, 1, OPENS).is_err());
    scene.retract(BEN, OPENS).unwrap();
    scene.lower_reserve(4_000, OPENS).unwrap();
    scene.offered(BEN, 3_500);
    scene.cancel(ANN, Which::One(3), OPENS).unwrap();
    scene.outage(ENDS - Span::seconds(60), ENDS + Span::seconds(60));
    scene.offer(DAN, 9_500, scene.ends_at() - MICRO).unwrap();
    scene.close(scene.ends_at());
    scene
}

#[test]
fn an_eventful_history_is_accepted_and_gives_the_auction() {
    let scene = eventful();
    let verified = replay::verify(first(&scene), &scene.entries).unwrap();
    assert_eq!(verified, scene.auction);
}

#[test]
fn an_entry_left_out_or_told_twice_or_out_of_order_is_noticed() {
    let scene = eventful();
    for at in 0..scene.entries.len() - 1 {
        let mut without = scene.entries.clone();
        without.remove(at);
        let mut twice = scene.entries.clone();
        twice.insert(at, scene.entries[at].clone());
        let mut swapped = scene.entries.clone();
        swapped.swap(at, at + 1);
        for history in [without, twice, swapped] {
            assert_eq!(replay::verify(first(&scene), &history).unwrap_err().what, "number");
        }
    }
}

/// Without bids nothing was compared, so a close could name any winner.
#[test]
fn a_winner_invented_at_a_close_without_bids_is_noticed() {
    let mut scene = Scene::new(ascending());
    scene.close(ENDS);
    assert!(replay::verify(first(&scene), &scene.entries).is_ok());
    scene.entries[0].after.phase = Phase::Closed { at: ENDS, outcome: sold(DAN, 1).unwrap() };
    assert!(replay::verify(first(&scene), &scene.entries).is_err());
}

/// An offer could be called refused at will, and whatever stood in a refused entry was believed.
#[test]
fn a_refusal_that_the_rules_do_not_give_is_noticed() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    assert!(scene.offer(BEN, 1_049, OPENS).is_err());
    assert!(replay::verify(first(&scene), &scene.entries).is_ok());
    let mut cheated = scene.entries.clone();
    cheated[1].deed = Deed::Offer { amount: cents(1_050) };
    cheated[1].amount = Some(Amount(1_050));
    assert!(replay::verify(first(&scene), &cheated).is_err());
    let mut other = scene.entries.clone();
    other[1].verdict = Verdict::Refused(Refusal::NotOpen { progress: Progress::Scheduled });
    assert!(replay::verify(first(&scene), &other).is_err());
}

/// A client may name a version that is only written later; that refusal was right when it was given.
#[test]
fn a_refusal_for_a_version_written_later_stays_right() {
    let mut scene = Scene::new(ascending());
    scene.offered(ANN, 2_000);
    let deed = Deed::Offer { amount: cents(9_000) };
    let mut command = scene.command(Actor::Person(BEN), deed);
    command.version = 2;
    scene.take_up(&command, OPENS);
    scene.auction = auction::revise::add_text(&scene.auction, OPENS).unwrap();
    scene.close(ENDS);
    assert!(replay::verify(first(&scene), &scene.entries).is_ok());
    let mut cheated = scene.entries.clone();
    cheated[1].version = 1;
    assert!(replay::verify(first(&scene), &cheated).is_err());
}

/// A reserve lowered and then set anew by an edit, both before the first bid, once made a true history look false.
#[test]
fn what_was_free_before_the_first_bid_does_not_spoil_the_proof() {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.auction.standing.phase = Phase::Draft;
    scene.lower_reserve(5_000, OPENS - Span::hours(2)).unwrap();
    let terms = Terms { start_price: Amount(2_000), ..with_reserve(7_000) };
    scene.auction = auction::revise::replace_terms(&scene.auction, terms, false).unwrap();
    scene.auction = auction::revise::publish(&scene.auction, OPENS - Span::hours(1));
    assert!(scene.offer(ANN, 2_000, OPENS).is_err() || scene.auction.version == 2);
    scene.offered(BEN, 9_000);
    scene.offered(CLEO, 8_000);
    scene.close(ENDS);
    let verified = replay::verify(first(&scene), &scene.entries).unwrap();
    assert_eq!(verified.standing, scene.auction.standing);
    assert_eq!(scene.outcome(), sold(BEN, 8_100));
}

#[test]
fn histories_of_the_other_formats_are_accepted_too() {
    let mut sealed = Scene::new(terms(auction::Format::SealedSecondPrice));
    sealed.offered(ANN, 3_000);
    sealed.offered(BEN, 2_000);
    sealed.offered(ANN, 2_500);
    sealed.retract(BEN, OPENS).unwrap();
    sealed.close(ENDS);
    let mut clock = Scene::new(dutch());
    clock.outage(OPENS, OPENS + Span::minutes(20));
    assert!(clock.take(ANN, 1, OPENS + Span::hours(1)).is_err());
    clock.take(ANN, 1_000, OPENS + Span::hours(1)).unwrap();
    let mut bought = Scene::new(Terms { buy_now: Some(Amount(9_000)), ..ascending() });
    bought.buy_now(ANN, OPENS).unwrap();
    assert!(bought.buy_now(BEN, OPENS).is_err());
    let mut accepted = Scene::new(with_reserve(9_000));
    accepted.offered(ANN, 2_000);
    accepted.close(ENDS);
    accepted.by_seller(Deed::Accept, ENDS + Span::hours(1)).unwrap();
    for scene in [sealed, clock, bought, accepted] {
        let verified = replay::verify(first(&scene), &scene.entries).unwrap();
        assert_eq!(verified.standing, scene.auction.standing);
    }
}
