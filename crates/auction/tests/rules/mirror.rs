//! The reverse auction is the exact mirror of the ascending one: turn the amounts around and nothing differs.

use crate::reference::{Kind, Listing};
use crate::scene::*;
use crate::script::{Stage, listing, story, terms_of};
use auction::{Amount, Decision, Deed, Format, Time, Verdict};
use proptest::prelude::*;

/// Amounts are turned around here, far from the most and from one.
const MIDDLE: i64 = 400_000_000_000;

fn turned(amount: i64) -> i64 {
    2 * MIDDLE - amount
}

/// Steps are the same at every price, for a table is not symmetrical.
fn upwards(listing: Listing) -> Listing {
    Listing { steps: vec![(0, 30)], buy_now: None, ..listing }
}

fn downwards(listing: &Listing) -> Listing {
    Listing {
        kind: Kind::Reverse,
        start: turned(listing.start),
        reserve: listing.reserve.map(turned),
        ..listing.clone()
    }
}

fn deed_turned(deed: Deed) -> Deed {
    let turn = |amount| cents(turned(eur().minor(amount).unwrap().0));
    match deed {
        Deed::Offer { amount } => Deed::Offer { amount: turn(amount) },
        Deed::LowerReserve { to } => Deed::LowerReserve { to: to.map(turn) },
        other => other,
    }
}

fn code(decision: &Decision) -> String {
    match decision {
        Decision::Append(entry) => match entry.verdict {
            Verdict::Accepted => "accepted".to_owned(),
            Verdict::Refused(refusal) => refusal.code().replace("high", "low"),
        },
        Decision::Refuse(refusal) => refusal.code().to_owned(),
        Decision::Repeat(_) | Decision::Nothing => "nothing".to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn downwards_everything_is_as_upwards(listing in listing(Kind::Ascending), story in story()) {
        let up_listing = upwards(listing);
        let mut up = Stage::new(&up_listing);
        let mut down = Scene::new(terms_of(&downwards(&up_listing)));
        prop_assert_eq!(down.auction.terms.format, Format::Reverse);
        for (wait, a_move) in story {
            let now = Time(up.moment(wait));
            let (by, deed, ask) = up.asked(a_move);
            up.reference.ask(&ask, now.0);
            let command = up.scene.command(by, deed.clone());
            let first = up.scene.take_up(&command, now);
            let command = down.command(by, deed_turned(deed));
            let second = down.take_up(&command, now);
            prop_assert_eq!(code(&first), code(&second));
            let (one, other) = (&up.scene.auction.standing, &down.auction.standing);
            let turn = |amount: Option<Amount>| amount.map(|amount| turned(amount.0));
            prop_assert_eq!(turn(one.price), down.price());
            prop_assert_eq!(turn(one.reserve), other.reserve.map(|amount| amount.0));
            prop_assert_eq!(up.scene.leader(), down.leader());
            prop_assert_eq!(up.scene.limit().map(turned), down.limit());
            prop_assert_eq!((one.ends_at, one.offers, one.postponed), (other.ends_at, other.offers, other.postponed));
        }
    }
}
