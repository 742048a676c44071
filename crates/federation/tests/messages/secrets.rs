//! What is hidden does not follow from what is sent.

use crate::stage::*;
use crate::story::*;
use auction::{Amount, Entry, Format, Terms};
use federation::wire::Body;
use proptest::prelude::*;

fn bytes(stage: &Stage, sizes: &[usize]) -> Vec<String> {
    let blind = Stage { blind: true, ..stage.clone() };
    let rulings = blind.rulings(sizes).into_iter().map(|mut rulings| {
        rulings.entries.iter_mut().for_each(|entry| entry.code = None);
        written(Body::Rulings(Box::new(rulings))).data
    });
    // Hashes of what was blinded differ only with it.
    rulings.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rulings_are_the_same_however_high_the_leaders_maximum_is(
        terms in any_terms(),
        story in story(),
        raises in (1..5_000i64, 1..90_000i64),
    ) {
        prop_assume!(terms.format == Format::Ascending);
        let mut stage = Stage::new(terms.clone());
        for (_, a_move) in story.iter().filter(|(_, a_move)| matches!(a_move, Move::Offer { .. })) {
            let Move::Offer { who, above } = *a_move else { continue };
            let least = stage.auction.least_offer(Some(auction::Person(who))).map_or(1_000, |least| least.0);
            stage.offer(who, (least + above).max(1), OPENS);
        }
        let Some(leader) = stage.auction.standing.leader else { return Ok(()) };
        let lower = leader.limit.0 + raises.0;
        let reserve = stage.auction.standing.reserve.map_or(0, |reserve| reserve.0);
        // Meeting the reserve is shown; it lifts the price.
        prop_assume!((lower >= reserve) == (lower + raises.1 >= reserve));
        let (mut one, mut other) = (stage.clone(), stage);
        let at = one.auction.last_at;
        prop_assert!(one.offer(leader.person.0, lower, at));
        prop_assert!(other.offer(leader.person.0, lower + raises.1, at));
        prop_assert_eq!(bytes(&one, &[3]), bytes(&other, &[3]));
        prop_assert_eq!(one.close(), other.close());
        prop_assert_eq!(bytes(&one, &[3]), bytes(&other, &[3]));
    }

    /// Not even how it ended changes what is written of an entry.
    #[test]
    fn an_entry_is_written_alike_whenever_it_is_written(terms in any_terms(), story in story()) {
        let stage = played(&terms, &story, false);
        let early: Vec<_> = stage.rulings(&[1]).into_iter().flat_map(|rulings| rulings.entries).collect();
        let late: Vec<_> = federation::wire::rulings::entries(&stage.auction, &stage.entries, &mut stage.clone());
        prop_assert_eq!(early, late);
    }
}

#[test]
fn numbers_that_are_secret_do_not_occur_in_what_is_sent() {
    let mut stage = Stage::new(Terms { reserve: Some(Amount(77_777)), ..terms(Format::Ascending) });
    for (person, amount) in [(1, 13_131), (2, 11_717), (1, 14_141), (3, 12)] {
        stage.offer(person, amount, OPENS);
    }
    let sent: String = stage.said(&[2]).into_iter().map(|(_, body)| written(body).data).collect();
    for secret in ["77777", "13131", "14141", "11717", "bidder2@", "Ben"] {
        assert!(!sent.contains(secret), "{secret}");
    }
}

#[test]
fn of_the_origins_own_refused_bids_nothing_is_told_but_that_there_was_one() {
    let mut stage = Stage::new(terms(Format::Ascending));
    assert!(!stage.offer(1, 1, OPENS) && !stage.offer(2, 1, OPENS));
    let rulings = stage.rulings(&[2]).remove(0);
    let [own, theirs] = &rulings.entries[..] else { panic!("two") };
    assert_eq!((own.bid, own.number, own.commitment, own.version), (None, None, None, None));
    assert!(theirs.bid.is_some() && theirs.number == Some(2) && theirs.code.is_some());
    assert_eq!((own.code.is_none(), own.accepted, theirs.accepted), (true, false, false));
}

#[test]
fn in_a_sealed_auction_own_bidders_have_no_number() {
    let mut stage = Stage::new(terms(Format::SealedFirstPrice));
    assert!(stage.offer(1, 2_000, OPENS) && stage.offer(2, 3_000, OPENS));
    let rulings = stage.rulings(&[2]).remove(0);
    let numbers: Vec<_> = rulings.entries.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [None, Some(2)]);
    let _: &[Entry] = &stage.entries;
}
