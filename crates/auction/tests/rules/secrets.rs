//! The leader's hidden maximum cannot be told from anything that others see, as far as rule 4 allows.

use crate::reference::{HOUR, Kind};
use crate::scene::*;
use crate::script::{Stage, listing, person, story};
use auction::{Amount, Person, Span, Time, shown};
use proptest::prelude::*;

/// Everything that this viewer sees.
fn seen(scene: &Scene, viewer: Option<Person>, at: Time) -> String {
    let auction = shown::auction(&scene.auction, at);
    let entry = |entry| shown::entry(&scene.auction, entry, viewer);
    let entries: Vec<_> = scene.entries.iter().map(entry).collect();
    format!("{auction:?} {entries:?}")
}

/// The same story twice, but for how far the leader raised last.
struct Worlds {
    one: Scene,
    other: Scene,
    leader: Person,
    /// The smaller of the two maxima.
    lower: i64,
    at: Time,
}

/// `None` if nobody leads, or if rules 5 and 6 would show the difference.
fn worlds(stage: Stage, raises: (i64, i64)) -> Option<Worlds> {
    let (one, other) = (stage.scene.clone(), stage.scene);
    let (leader, limit) = (one.leader()?, one.limit()?);
    let (lower, higher) = (limit + raises.0, limit + raises.0 + raises.1);
    // An offer that was taken back and is as high as the maximum is hidden with it.
    let said = |amount| one.entries.iter().any(|entry| entry.amount == Some(Amount(amount)));
    // Meeting the reserve lifts the price; a maximum equal to the reserve is the price.
    let reserve = one.auction.standing.reserve.map_or(0, |reserve| reserve.0);
    let alike = (lower >= reserve) == (higher >= reserve) && lower != reserve;
    let at = one.auction.last_at.max(OPENS);
    if said(lower) || said(higher) || !alike {
        return None;
    }
    let mut worlds = Worlds { one, other, leader, lower, at };
    let raised =
        (worlds.one.offer(leader, lower, at).is_ok(), worlds.other.offer(leader, higher, at).is_ok());
    assert_eq!(raised.0, raised.1);
    Some(worlds)
}

impl Worlds {
    /// Somebody's offer in both, unless it brings the price to the lower maximum: rules 4 and 6 say what differs then.
    fn offer(&mut self, who: Person, above: i64) {
        let Some(least) = self.one.auction.least_offer(Some(who)) else { return };
        let amount = least.0 + above - 1;
        let meets = amount + self.one.auction.terms.steps.at(Amount(amount)).0 >= self.lower;
        if who != self.leader && !meets {
            let answers = (self.one.offer(who, amount, self.at), self.other.offer(who, amount, self.at));
            assert_eq!(answers.0.err(), answers.1.err());
        }
    }

    /// Nobody but the leader sees a difference.
    fn look_the_same(&self, at: Time) {
        let others = EVERYBODY.into_iter().filter(|who| *who != self.leader).map(Some);
        for viewer in others.chain([None, Some(SELLER)]) {
            assert_eq!(seen(&self.one, viewer, at), seen(&self.other, viewer, at), "{viewer:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_can_tell_how_far_the_leader_raised(
        listing in listing(Kind::Ascending),
        story in story(),
        raises in (1..5_000i64, 1..100_000i64),
        offers in proptest::collection::vec((0..4usize, 0..2_000i64), 0..6),
    ) {
        let mut stage = Stage::new(&listing);
        for &(wait, a_move) in &story[..story.len() / 2] {
            stage.play(wait, a_move);
        }
        let Some(mut worlds) = worlds(stage, raises) else { return Ok(()) };
        offers.into_iter().for_each(|(who, above)| worlds.offer(person(who), above));
        worlds.look_the_same(worlds.at);
        let late = worlds.one.ends_at();
        prop_assert_eq!(worlds.one.close(late), worlds.other.close(late));
        worlds.look_the_same(late);
    }
}

/// While it runs no amount of anybody is in what strangers see, nor is the reserve.
#[test]
fn the_numbers_that_are_secret_do_not_occur_in_what_strangers_see() {
    let mut scene = Scene::new(with_reserve(77_777));
    scene.offered(ANN, 13_131);
    scene.offered(BEN, 11_717);
    scene.lower_reserve(55_555, OPENS).unwrap();
    scene.offered(ANN, 14_141);
    let seen = seen(&scene, None, OPENS + Span(HOUR));
    for secret in ["77777", "55555", "13131", "14141", "11717"] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
}
