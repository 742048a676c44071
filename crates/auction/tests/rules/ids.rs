//! An id belongs to who chose it.

use crate::scene::*;
use auction::{Actor, Command, Decision, Deed, Refusal, Span};

fn given(scene: &mut Scene) -> (Command, Decision) {
    let deed = Deed::Offer { amount: cents(2_000) };
    let command = scene.command(Actor::Person(ANN), deed);
    let answer = scene.take_up(&command, OPENS);
    (command, answer)
}

#[test]
fn the_same_id_with_the_same_content_gets_the_stored_answer_and_has_no_second_effect() {
    let mut scene = Scene::new(ascending());
    let (command, Decision::Append(stored)) = given(&mut scene) else { panic!() };
    scene.offered(BEN, 9_000);
    let before = scene.auction.clone();
    for at in [OPENS, OPENS + Span::days(1), ENDS + Span::days(1)] {
        assert_eq!(scene.take_up(&command, at), Decision::Repeat(stored.clone()));
        assert_eq!(scene.auction, before);
    }
}

#[test]
fn twelve_fifty_is_the_same_content_however_it_is_written() {
    let mut scene = Scene::new(ascending());
    let write = |text| Deed::Offer { amount: auction::Decimal::parse(text).unwrap() };
    let command = scene.command(Actor::Person(ANN), write("12.5"));
    scene.take_up(&command, OPENS);
    let again = Command { deed: write("012.50"), ..command };
    assert!(matches!(scene.take_up(&again, OPENS), Decision::Repeat(_)));
}

#[test]
fn a_refusal_is_stored_and_repeated_as_well() {
    let mut scene = Scene::new(ascending());
    let command = scene.command(Actor::Person(ANN), Deed::Offer { amount: cents(999) });
    let Decision::Append(refused) = scene.take_up(&command, OPENS) else { panic!() };
    assert!(!refused.accepted());
    assert_eq!(scene.take_up(&command, OPENS), Decision::Repeat(refused));
}

#[test]
fn the_same_id_with_other_content_is_refused() {
    let mut scene = Scene::new(ascending());
    let (command, _) = given(&mut scene);
    let other = |deed, version| Command { deed, version, ..command.clone() };
    let amount = cents(2_001);
    let rows = [
        other(Deed::Offer { amount }, 1),
        other(Deed::Retract { reason: "".into() }, 1),
        other(command.deed.clone(), 2),
    ];
    let before = scene.auction.clone();
    for command in rows {
        assert_eq!(scene.take_up(&command, OPENS), Decision::Refuse(Refusal::IdUsed));
    }
    assert_eq!(scene.auction, before);
}

#[test]
fn somebody_elses_same_id_is_another_id() {
    let mut scene = Scene::new(ascending());
    let (command, _) = given(&mut scene);
    let bens = Command { by: Actor::Person(BEN), deed: Deed::Offer { amount: cents(3_000) }, ..command };
    assert!(matches!(scene.take_up(&bens, OPENS), Decision::Append(entry) if entry.accepted()));
    assert_eq!(scene.leader(), Some(BEN));
}

#[test]
fn a_moderator_does_not_repeat_what_was_asked_as_a_person() {
    let mut scene = Scene::new(ascending());
    scene.offered(BEN, 2_000);
    let deed = Deed::Cancel { whose: BEN, which: auction::Which::All, reason: "no".into() };
    let command = scene.command(Actor::Person(SELLER), deed);
    scene.take_up(&command, OPENS);
    let other = Command { by: Actor::Moderator(SELLER), ..command };
    assert_eq!(scene.take_up(&other, OPENS), Decision::Refuse(Refusal::IdUsed));
}
