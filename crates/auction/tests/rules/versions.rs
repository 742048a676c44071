//! Every command names the version of the listing it was made on.

use crate::scene::*;
use auction::{
    Actor, Amount, Auction, Command, CommandId, Decision, Deed, Refusal, Span, StepTable, Terms, Verdict,
    revise,
};

/// The answer to an offer made on that version.
fn offer_on(auction: &Auction, version: u32) -> Verdict {
    let mut scene = Scene::of(auction.clone());
    let (id, by) = (CommandId([7; 16]), Actor::Person(ANN));
    let deed = Deed::Offer { amount: cents(50_000) };
    match scene.take_up(&Command { id, by, version, deed }, OPENS) {
        Decision::Append(entry) => entry.verdict,
        other => panic!("{other:?}"),
    }
}

const TERMS_CHANGED: Verdict = Verdict::Refused(Refusal::TermsChanged);

#[test]
fn a_price_relevant_change_refuses_what_was_meant_for_the_old_terms() {
    let before = Scene::new(with_reserve(9_000)).auction;
    let old = || with_reserve(9_000);
    let rows: [(&str, Terms, bool); 9] = [
        ("nothing", old(), false),
        ("the hidden amount of the reserve", with_reserve(8_000), false),
        ("the presence of a reserve", ascending(), true),
        ("the start price", Terms { start_price: Amount(1_001), ..old() }, true),
        ("the end", Terms { ends_at: ENDS + MICRO, ..old() }, true),
        ("the opening", Terms { opens_at: OPENS - MICRO, ..old() }, true),
        ("the steps", Terms { steps: StepTable::flat(Amount(1)).unwrap(), ..old() }, true),
        ("buy now", Terms { buy_now: Some(Amount(90_000)), ..old() }, true),
        ("the soft close", Terms { extension: None, ..old() }, true),
    ];
    for (what, terms, relevant) in rows {
        let after = revise::replace_terms(&before, terms, false).unwrap();
        let (version, answer) = if relevant { (2, TERMS_CHANGED) } else { (1, Verdict::Accepted) };
        assert_eq!(after.version, version, "{what}");
        assert_eq!(offer_on(&after, 1), answer, "{what}");
        assert_eq!(offer_on(&after, after.version), Verdict::Accepted, "{what}");
    }
}

#[test]
fn new_text_is_a_new_version_but_refuses_nobody() {
    let before = Scene::new(ascending()).auction;
    let replaced = revise::replace_terms(&before, ascending(), true).unwrap();
    let added = revise::add_text(&before, OPENS).unwrap();
    for after in [replaced, added] {
        assert_eq!((after.version, after.terms_version), (2, 1));
        assert_eq!(offer_on(&after, 1), Verdict::Accepted);
        assert_eq!(offer_on(&after, 2), Verdict::Accepted);
    }
}

#[test]
fn a_version_that_does_not_exist_is_not_known() {
    let auction = Scene::new(ascending()).auction;
    for (version, answer) in
        [(0, TERMS_CHANGED), (1, Verdict::Accepted), (2, TERMS_CHANGED), (u32::MAX, TERMS_CHANGED)]
    {
        assert_eq!(offer_on(&auction, version), answer, "{version}");
    }
}

#[test]
fn lowering_the_reserve_does_not_change_the_version() {
    for bids in [false, true] {
        let mut scene = Scene::new(with_reserve(9_000));
        if bids {
            scene.offered(ANN, 2_000);
        }
        scene.lower_reserve(5_000, OPENS).unwrap();
        scene.drop_reserve(OPENS).unwrap();
        assert_eq!((scene.auction.version, scene.auction.terms_version), (1, 1));
    }
}

#[test]
fn the_clock_of_the_site_looks_at_no_version() {
    let mut scene = Scene::new(ascending());
    scene.auction = revise::replace_terms(&scene.auction, with_reserve(2_000), false).unwrap();
    let mut command = scene.command(Actor::Site, Deed::Close);
    command.version = 0;
    assert!(matches!(scene.take_up(&command, ENDS), Decision::Append(entry) if entry.accepted()));
}

#[test]
fn the_sellers_own_commands_name_a_version_too() {
    let mut scene = Scene::new(with_reserve(9_000));
    let mut command = scene.command(Actor::Person(SELLER), Deed::LowerReserve { to: None });
    scene.auction = revise::replace_terms(
        &scene.auction,
        Terms { ends_at: ENDS + Span::days(1), ..with_reserve(9_000) },
        false,
    )
    .unwrap();
    command.version = 1;
    assert!(
        matches!(scene.take_up(&command, OPENS), Decision::Append(entry) if entry.verdict == TERMS_CHANGED)
    );
}
