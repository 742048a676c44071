//! Which commands were decided already.

use crate::place::{Place, everywhere, read, write};
use crate::scene::{NOON, decide_all, list, offer, people, terms};
use auction::{Command, CommandId, Person};
use store::decided::Decided;
use store::{Error, Journal, Tx, auctions};

/// Bids on an auction, by the people 2 to 5 in turn, the first of them the bid with this number.
fn bid(journal: &Journal, auction: i64, numbers: std::ops::Range<u32>) {
    let commands: Vec<Command> = numbers
        .map(|n| Command { id: command(n), ..offer(1, person(n).0, 100_000 * (i64::from(n) + 1)) })
        .collect();
    write(journal, move |tx| decide_all(tx, auction, &commands, NOON));
}

fn two_auctions(place: &Place) -> Journal {
    let journal = place.open();
    write(&journal, |tx| {
        people(tx)?;
        list(tx, terms())?;
        list(tx, terms()).map(drop)
    });
    journal
}

/// Ids in no order at all.
fn command(n: u32) -> CommandId {
    CommandId(u128::from(n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes())
}

fn person(n: u32) -> Person {
    Person(2 + i64::from(n % 4))
}

fn find(decided: &mut Decided, tx: &mut Tx<'_>, auction: i64, n: u32) -> Result<Option<i64>, Error> {
    let stored = auctions::find(tx, auction)?.ok_or(Error::Unknown)?;
    decided.find(tx, &stored, person(n), command(n))
}

#[test]
fn every_command_is_found_whether_it_came_before_the_first_look_or_after() {
    const BIDS: u32 = 500;
    for place in everywhere() {
        let journal = two_auctions(&place);
        bid(&journal, 1, 0..BIDS);
        bid(&journal, 2, BIDS..BIDS + 3);
        let mut decided = read(&journal, |tx| {
            let mut decided = Decided::default();
            decided.follow(tx)?;
            for n in 0..BIDS {
                assert_eq!(find(&mut decided, tx, 1, n)?, Some(i64::from(n) + 1));
            }
            assert_eq!(find(&mut decided, tx, 1, BIDS + 7)?, None);
            Ok(decided)
        });
        bid(&journal, 1, BIDS + 3..BIDS + 9);
        bid(&journal, 2, BIDS + 9..BIDS + 11);
        read(&journal, move |tx| {
            decided.follow(tx)?;
            for (auction, n) in [(1, 0), (1, BIDS + 3), (1, BIDS + 8), (2, BIDS), (2, BIDS + 10)] {
                assert_eq!(find(&mut decided, tx, auction, n)?, Some(i64::from(n) + 1), "{n} of {auction}");
            }
            Ok(())
        });
    }
}

#[test]
fn what_belongs_to_somebody_else_or_another_auction_is_not_found() {
    for place in everywhere() {
        let journal = two_auctions(&place);
        bid(&journal, 1, 0..4);
        read(&journal, |tx| {
            let mut decided = Decided::default();
            decided.follow(tx)?;
            assert_eq!(find(&mut decided, tx, 2, 0)?, None);
            let stored = auctions::find(tx, 1)?.ok_or(Error::Unknown)?;
            assert_eq!(decided.find(tx, &stored, person(1), command(0))?, None);
            Ok(())
        });
    }
}
