//! Whatever people do, the crate and the reference agree, and the entries tell the whole truth.

use crate::reference::{Answer, End, HOUR, Kind, Listing};
use crate::script::{Stage, Story, listing, story};
use auction::{Auction, Standing, replay};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

fn any_listing() -> impl Strategy<Value = Listing> {
    prop_oneof![
        5 => listing(Kind::Ascending),
        3 => listing(Kind::Reverse),
        1 => listing(Kind::SealedFirst),
        2 => listing(Kind::SealedSecond),
    ]
}

/// Plays it all and compares after every move.
fn compare(listing: &Listing, story: &Story) -> Result<Stage, TestCaseError> {
    let mut stage = Stage::new(listing);
    for &(wait, a_move) in story {
        let before = stage.scene.auction.clone();
        let (answer, expected) = stage.play(wait, a_move);
        prop_assert_eq!(answer, expected, "to {:?}", a_move);
        same(&stage)?;
        steady(&before, &stage.scene.auction, answer)?;
    }
    Ok(stage)
}

fn same(stage: &Stage) -> Result<(), TestCaseError> {
    let (scene, reference) = (&stage.scene, &stage.reference);
    let tale = reference.tale();
    prop_assert_eq!(scene.price(), reference.price(), "price");
    prop_assert_eq!(scene.ends_at().0, reference.ends, "end");
    prop_assert_eq!(stage.end(), reference.end, "outcome");
    prop_assert_eq!(scene.auction.standing.buy_now, reference.buy_now, "buy now");
    prop_assert_eq!(scene.auction.standing.reserve.map(|reserve| reserve.0), tale.reserve, "reserve");
    prop_assert_eq!(scene.auction.last, reference.number, "number");
    prop_assert_eq!(scene.auction.frozen, reference.frozen, "frozen");
    let bought =
        scene.entries.last().is_some_and(|entry| entry.deed == auction::Deed::BuyNow && entry.accepted());
    if !bought && !matches!(stage.end(), End::Sold(..)) {
        let leader = scene.auction.standing.leader.map(|leader| (leader.person.0, leader.limit.0));
        prop_assert_eq!(leader, tale.leader, "leader");
        prop_assert_eq!(scene.auction.standing.offers as usize, reference.count(), "offers");
    }
    Ok(())
}

/// Numbers are without holes, time does not go back, a refusal changes nothing.
fn steady(before: &Auction, after: &Auction, answer: Answer) -> Result<(), TestCaseError> {
    prop_assert!(after.last_at >= before.last_at);
    match answer {
        Answer::Done => prop_assert_eq!(after.last, before.last + 1),
        Answer::No(_) => {
            prop_assert_eq!(after.last, before.last + 1);
            prop_assert_eq!(&after.standing, &before.standing);
            prop_assert_eq!(&after.terms, &before.terms);
            prop_assert_eq!(after.frozen, before.frozen);
        }
        Answer::Ignored(_) | Answer::Nothing => prop_assert_eq!(after, before),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_crate_and_the_reference_tell_the_same_story(listing in any_listing(), story in story()) {
        let stage = compare(&listing, &story)?;
        let scene = &stage.scene;
        for (at, entry) in scene.entries.iter().enumerate() {
            prop_assert_eq!(entry.number as usize, at + 1);
        }
        let mut folded = scene.first.clone();
        scene.entries.iter().for_each(|entry| folded.apply(entry));
        prop_assert_eq!(&folded, &scene.auction);
        let mut first = scene.first.clone();
        first.terms = scene.auction.terms.clone();
        first.standing.reserve = first.terms.reserve;
        let verified = replay::verify(first, &scene.entries);
        prop_assert_eq!(verified.map(|auction| auction.standing), Ok(scene.auction.standing.clone()));
    }
}

/// What happened in a story that is worth counting.
fn events(listing: &Listing, story: &Story) -> Vec<&'static str> {
    let mut stage = Stage::new(listing);
    let mut seen = Vec::new();
    for &(wait, a_move) in story {
        let before = stage.scene.auction.standing.clone();
        let (answer, _) = stage.play(wait, a_move);
        let after = &stage.scene.auction.standing;
        let word = stage.scene.entries.last().map_or("none", |entry| entry.deed.word());
        match answer {
            Answer::Done => seen.push(word),
            Answer::No(code) | Answer::Ignored(code) => seen.push(code),
            Answer::Nothing => {}
        }
        let person = |standing: &Standing| standing.leader.map(|leader| leader.person);
        let same_leader = person(&before) == person(after);
        let notable = [
            ("moved end", after.ends_at > before.ends_at && word != "postpone"),
            ("end beyond the hour", after.ends_at.0 - listing.ends > HOUR),
            ("cut", word == "lower_reserve" && before.leader != after.leader),
            ("other leader after taking back", matches!(word, "retract" | "cancel") && !same_leader),
            (
                "price up after taking back",
                word == "cancel" && before.price.is_some() && after.price > before.price,
            ),
            ("sold by accepting", word == "accept" && before.phase != after.phase),
            ("won", after.phase != before.phase && matches!(stage.end(), End::Sold(..))),
        ];
        seen.extend(notable.iter().filter(|(_, so)| *so).map(|(what, _)| *what));
    }
    seen
}

/// Random stories that only offer and close would agree about nothing interesting.
#[test]
fn the_random_stories_are_not_dull() {
    let mut runner = TestRunner::deterministic();
    let mut counted: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..6_000 {
        let tree = (any_listing(), story()).new_tree(&mut runner).unwrap();
        let (listing, story) = tree.current();
        events(&listing, &story).into_iter().for_each(|what| *counted.entry(what).or_default() += 1);
    }
    let expected = [
        "offer",
        "buy_now",
        "retract",
        "cancel",
        "lower_reserve",
        "end_early",
        "withdraw",
        "accept",
        "close",
        "postpone",
        "took_back",
        "not_open",
        "nothing_to_take_back",
        "too_late_to_take_back",
        "already_took_back",
        "too_late_to_change",
        "nothing_to_sell",
        "acceptance_expired",
        "buy_now_gone",
        "reserve_not_lower",
        "too_low",
        "too_high",
        "not_above_own",
        "not_in_this_format",
        "moved end",
        "end beyond the hour",
        "cut",
        "other leader after taking back",
        "price up after taking back",
        "sold by accepting",
        "won",
    ];
    for what in expected {
        assert!(counted.get(what).is_some_and(|times| *times >= 5), "{what}: {counted:#?}");
    }
}
