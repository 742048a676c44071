//! The leader's hidden maximum cannot be told from anything that others see, as far as rule 4 allows.

use crate::reference::{HOUR, Kind};
use crate::scene::*;
use crate::script::{Near, Stage, listing, story};
use auction::{Person, Span, Time, shown};
use proptest::prelude::*;

/// Everything that this viewer sees.
fn seen(scene: &Scene, viewer: Option<Person>, at: Time) -> String {
    let auction = shown::auction(&scene.auction, at);
    let entry = |entry| shown::entry(&scene.auction, entry, viewer);
    let entries: Vec<_> = scene.entries.iter().map(entry).collect();
    format!("{auction:?} {entries:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    /// The same story, a raise that is larger in one of two worlds, then offers of others below it.
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
        let at = stage.scene.auction.last_at.max(OPENS);
        let (Some(leader), Some(limit)) = (stage.scene.leader(), stage.scene.limit()) else { return Ok(()) };
        let (lower, higher) = (limit + raises.0, limit + raises.0 + raises.1);
        let (mut one, mut other) = (stage.scene.clone(), stage.scene);
        // Meeting the reserve lifts the price: rule 5 tells that much.
        let reserve = one.auction.standing.reserve.map_or(0, |reserve| reserve.0);
        prop_assume!((lower >= reserve) == (higher >= reserve));
        prop_assert_eq!(one.offer(leader, lower, at).is_ok(), other.offer(leader, higher, at).is_ok());
        for (who, above) in offers {
            let who = EVERYBODY[who];
            let Some(least) = one.auction.least_offer(Some(who)) else { continue };
            let amount = least.0 + above - 1;
            // From here on the two worlds may differ, and rule 4 says how.
            let step = one.auction.terms.steps.at(auction::Amount(amount)).0;
            if who == leader || amount + step > lower { continue }
            let answers = (one.offer(who, amount, at), other.offer(who, amount, at));
            prop_assert_eq!(answers.0.err(), answers.1.err());
        }
        for viewer in [None, Some(SELLER)].into_iter().chain(EVERYBODY.map(Some)).filter(|viewer| *viewer != Some(leader)) {
            prop_assert_eq!(seen(&one, viewer, at), seen(&other, viewer, at));
        }
        let late = one.ends_at();
        prop_assert_eq!(one.close(late), other.close(late));
        for viewer in [None, Some(SELLER)] {
            prop_assert_eq!(seen(&one, viewer, late), seen(&other, viewer, late));
        }
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
    let _ = Near::Plain(0);
}
