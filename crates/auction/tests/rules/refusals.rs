//! Every way of saying no, and which comes first.

use crate::scene::*;
use auction::{Actor, Amount, Command, Decision, Deed, Progress, Refusal, Span, Terms, Time, Verdict, Which};

/// A scene in which `code` is the answer to `command` at that time.
struct Situation {
    scene: Scene,
    command: Command,
    at: Time,
}

impl Situation {
    fn answer(mut self) -> Refusal {
        match self.scene.take_up(&self.command, self.at) {
            Decision::Refuse(refusal) => refusal,
            Decision::Append(entry) => match entry.verdict {
                Verdict::Refused(refusal) => refusal,
                Verdict::Accepted => panic!("accepted: {entry:?}"),
            },
            other => panic!("{other:?}"),
        }
    }
}

fn asked(mut scene: Scene, who: auction::Person, deed: Deed, at: Time) -> Situation {
    let command = scene.command(Actor::Person(who), deed);
    Situation { scene, command, at }
}

fn bid(amount: i64) -> Deed {
    Deed::Offer { amount: cents(amount) }
}

fn lower(to: i64) -> Deed {
    Deed::LowerReserve { to: Some(cents(to)) }
}

fn retract() -> Deed {
    Deed::Retract { reason: "typing error".into() }
}

/// Ann leads with 50.00 at 20.50, Ben was outbid; the reserve is 90.00.
fn running() -> Scene {
    let mut scene = Scene::new(with_reserve(9_000));
    scene.offered(ANN, 5_000);
    scene.offered(BEN, 2_000);
    scene
}

fn late() -> Scene {
    let mut scene = running();
    scene.offer(CLEO, 3_000, ENDS - Span::hours(11)).unwrap();
    scene
}

fn unsold() -> Scene {
    let mut scene = running();
    scene.close(ENDS);
    scene
}

fn took_back_late() -> Scene {
    let mut scene = late();
    let at = scene.auction.last_at;
    scene.retract(CLEO, at).unwrap();
    scene.offer(CLEO, 3_000, at).unwrap();
    scene
}

/// A situation for each code, as soon as it has one.
fn provoke(code: &str) -> Option<Refusal> {
    let last = ENDS - Span::hours(11);
    let situation = match code {
        "not_yours" => asked(running(), ANN, Deed::EndEarly, OPENS),
        "not_in_this_format" => asked(running(), ANN, Deed::BuyNow, OPENS),
        "id_used" => used(running(), CLEO, bid(9_000)),
        "suspended" => asked(suspended(running()), CLEO, bid(9_000), OPENS),
        "blocked" => asked(blocked(running()), CLEO, bid(9_000), OPENS),
        "own_item" => asked(running(), SELLER, bid(9_000), OPENS),
        "took_back" => asked(took_back(running()), BEN, bid(9_000), OPENS + Span::hours(2)),
        "not_open" => asked(running(), CLEO, bid(9_000), ENDS),
        "terms_changed" => stale(asked(running(), CLEO, bid(9_000), OPENS)),
        "nothing_to_take_back" => asked(running(), CLEO, retract(), OPENS),
        "too_late_to_take_back" => asked(late(), ANN, retract(), last),
        "already_took_back" => asked(took_back_late(), CLEO, retract(), last),
        "too_late_to_change" => asked(late(), SELLER, lower(8_000), last),
        "terms_frozen" => {
            let again = auction::revise::replace_terms(&running().auction, ascending(), false);
            return again.err();
        }
        "nothing_to_sell" => asked(running(), SELLER, Deed::Accept, OPENS),
        "acceptance_expired" => asked(unsold(), SELLER, Deed::Accept, ENDS + Span::days(3)),
        "buy_now_gone" => asked(with_buy_now(), CLEO, Deed::BuyNow, OPENS),
        "not_whole_units" => asked(running(), CLEO, fine(), OPENS),
        "reserve_not_lower" => asked(running(), SELLER, lower(9_000), OPENS),
        "too_low" => asked(running(), CLEO, bid(2_099), OPENS),
        "too_high" => asked(running(), CLEO, bid(Amount::MOST.0 + 1), OPENS),
        "not_above_own" => asked(running(), ANN, bid(5_000), OPENS),
        "price_higher" => asked(Scene::new(dutch()), ANN, Deed::Take { seen: cents(999) }, OPENS),
        _ => return None,
    };
    Some(situation.answer())
}

fn fine() -> Deed {
    Deed::Offer { amount: auction::Decimal::parse("30.001").unwrap() }
}

fn suspended(mut scene: Scene) -> Scene {
    EVERYBODY.iter().for_each(|&who| scene.bidder(who).suspended = true);
    scene.bidder(SELLER).suspended = true;
    scene
}

fn blocked(mut scene: Scene) -> Scene {
    EVERYBODY.iter().for_each(|&who| scene.bidder(who).blocked = true);
    scene.bidder(SELLER).blocked = true;
    scene
}

fn took_back(mut scene: Scene) -> Scene {
    scene.retract(BEN, OPENS).unwrap();
    scene
}

fn with_buy_now() -> Scene {
    let mut scene = Scene::new(Terms { buy_now: Some(Amount(90_000)), ..ascending() });
    scene.offered(ANN, 1_000);
    scene
}

fn stale(mut situation: Situation) -> Situation {
    situation.command.version = 0;
    situation
}

/// The id that this person already used for something else.
fn used(mut scene: Scene, who: auction::Person, deed: Deed) -> Situation {
    let mut command = scene.command(Actor::Person(who), bid(1));
    scene.take_up(&command, OPENS);
    if scene.entries.last().unwrap().id != command.id {
        // Refused before it became an entry: nothing was used up.
        panic!("the first use left no entry");
    }
    command.deed = deed;
    Situation { scene, command, at: OPENS }
}

#[test]
fn every_code_has_a_situation_that_provokes_it() {
    for code in Refusal::CODES {
        let refusal = provoke(code).unwrap_or_else(|| panic!("nothing provokes {code}"));
        assert_eq!(refusal.code(), code);
    }
}

#[test]
fn codes_are_told_once_each() {
    let mut codes = Refusal::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Refusal::CODES.len());
}

#[test]
fn of_two_refusals_the_earlier_is_given() {
    let last = ENDS - Span::hours(11);
    let rows = [
        // Not allowed to ask, before same id, suspended, not open.
        ("not_yours", used(running(), CLEO, Deed::EndEarly)),
        ("not_in_this_format", used(running(), CLEO, Deed::BuyNow)),
        ("not_yours", asked(running(), CLEO, Deed::EndEarly, ENDS)),
        ("not_in_this_format", asked(suspended(running()), CLEO, Deed::BuyNow, ENDS)),
        // Same id, before suspended, blocked, own item, not open.
        ("id_used", then(used(running(), CLEO, bid(9_000)), suspended)),
        ("id_used", then(used(running(), CLEO, bid(9_000)), blocked)),
        ("id_used", at(used(running(), CLEO, bid(9_000)), ENDS)),
        // Suspended, blocked, own item, took back, in this order.
        ("suspended", asked(blocked(suspended(running())), CLEO, bid(9_000), OPENS)),
        ("suspended", asked(suspended(running()), SELLER, bid(9_000), OPENS)),
        ("blocked", asked(blocked(running()), SELLER, bid(9_000), OPENS)),
        ("blocked", asked(blocked(took_back(running())), BEN, bid(9_000), ENDS)),
        ("own_item", asked(running(), SELLER, bid(9_000), ENDS)),
        ("took_back", asked(took_back(running()), BEN, bid(9_000), ENDS)),
        ("suspended", asked(suspended(running()), CLEO, bid(1), ENDS)),
        // Not open, before terms changed and amounts.
        ("not_open", stale(asked(running(), CLEO, bid(9_000), ENDS))),
        ("not_open", asked(running(), CLEO, bid(1), ENDS)),
        ("not_open", asked(running(), CLEO, fine(), ENDS)),
        ("not_open", asked(running(), CLEO, retract(), ENDS)),
        // Terms changed, before what concerns the deed.
        ("terms_changed", stale(asked(running(), CLEO, bid(1), OPENS))),
        ("terms_changed", stale(asked(running(), CLEO, fine(), OPENS))),
        ("terms_changed", stale(asked(running(), CLEO, retract(), OPENS))),
        ("terms_changed", stale(asked(late(), SELLER, lower(9_000), last))),
        ("terms_changed", stale(asked(unsold(), SELLER, Deed::Accept, ENDS + Span::days(3)))),
        ("terms_changed", stale(asked(with_buy_now(), CLEO, Deed::BuyNow, OPENS))),
        // Taking back: late by the hour, before once an auction.
        ("too_late_to_take_back", asked(took_back_late(), CLEO, retract(), last + Span::hours(2))),
        // Editing: too late, before the amount.
        ("too_late_to_change", asked(late(), SELLER, lower(9_000), last)),
        // Amount: whole units, before any height.
        ("not_whole_units", asked(running(), SELLER, Deed::LowerReserve { to: parsed("90.001") }, OPENS)),
        ("not_whole_units", asked(no_reserve(), SELLER, Deed::LowerReserve { to: parsed("90.001") }, OPENS)),
        ("not_whole_units", asked(running(), CLEO, Deed::Offer { amount: cents_in_parts(1) }, OPENS)),
        ("not_whole_units", asked(running(), CLEO, Deed::Offer { amount: cents_in_parts(i64::MAX) }, OPENS)),
        ("not_whole_units", asked(Scene::new(dutch()), CLEO, Deed::Take { seen: cents_in_parts(1) }, OPENS)),
        ("not_above_own", asked(running(), ANN, bid(1), OPENS)),
    ];
    for (code, situation) in rows {
        let asked = situation.command.clone();
        assert_eq!(situation.answer().code(), code, "{asked:?}");
    }
}

fn no_reserve() -> Scene {
    Scene::new(ascending())
}

fn parsed(text: &str) -> Option<auction::Decimal> {
    auction::Decimal::parse(text).ok()
}

fn cents_in_parts(thousandths: i64) -> auction::Decimal {
    auction::Decimal::new(thousandths, 3)
}

fn then(mut situation: Situation, change: fn(Scene) -> Scene) -> Situation {
    situation.scene = change(situation.scene);
    situation
}

fn at(mut situation: Situation, at: Time) -> Situation {
    situation.at = at;
    situation
}

#[test]
fn what_is_refused_before_it_concerns_the_auction_writes_nothing() {
    for code in
        ["not_yours", "not_in_this_format", "id_used", "suspended", "blocked", "own_item", "took_back"]
    {
        let first_entry = Refusal::CODES.iter().position(|&known| known == "not_open").unwrap();
        let place = Refusal::CODES.iter().position(|&known| known == code).unwrap();
        assert!(place < first_entry, "{code}");
    }
    let mut scene = suspended(running());
    let (entries, before) = (scene.entries.len(), scene.auction.clone());
    assert_eq!(scene.offer(CLEO, 9_000, OPENS), Err(Refusal::Suspended));
    assert_eq!((scene.entries.len(), scene.auction), (entries, before));
}

#[test]
fn a_refusal_changes_nothing_but_the_number_of_the_last_entry() {
    let mut scene = running();
    let before = scene.auction.clone();
    let at = OPENS + Span::hours(1);
    assert!(scene.offer(CLEO, 1, at).is_err());
    let entry = scene.entries.last().unwrap();
    assert_eq!((entry.number, &entry.after), (before.last + 1, &before.standing));
    let expected = auction::Auction { last: before.last + 1, last_at: at, ..before };
    assert_eq!(scene.auction, expected);
}

#[test]
fn every_refusal_of_an_entry_comes_back_from_its_parts() {
    for code in Refusal::CODES {
        let refusal = provoke(code).unwrap();
        let progress = match refusal {
            Refusal::NotOpen { progress } => progress,
            _ => Progress::Open,
        };
        let again = Refusal::from_parts(code, refusal.amount(), progress);
        let entry = code == "not_open" || (again.is_some() && code != "terms_frozen");
        assert_eq!(again, entry.then_some(refusal), "{code}");
        let before = !entry && code != "terms_frozen";
        assert_eq!(Refusal::before_entry(code), before.then_some(refusal), "{code}");
    }
    assert_eq!(Refusal::from_parts("too_low", None, Progress::Open), None);
    assert_eq!(Refusal::from_parts("nonsense", None, Progress::Open), None);
}

#[test]
fn cancelling_what_is_not_there_is_refused_for_everybody() {
    for by in [Actor::Site, MODERATOR, Actor::Person(SELLER)] {
        let deed = Deed::Cancel { whose: DAN, which: Which::All, reason: "no".into() };
        assert_eq!(running().give(by, deed, OPENS), Err(Refusal::NothingToTakeBack));
    }
}
