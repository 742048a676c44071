//! The journal's own two tables.
#![allow(clippy::unwrap_used)]

mod places;

use std::thread;

use journal::{Error, Options, hold_position, move_position, position, take_block};
use places::{Place, add, count, everywhere};

fn position_of(journal: &journal::Journal, reader: &'static str) -> i64 {
    journal.read_blocking::<_, Error>(move |tx| position(tx, reader)).unwrap()
}

#[test]
fn positions_move_in_the_transaction_that_writes() {
    everywhere(|place| {
        let journal = place.open();
        assert_eq!(position_of(&journal, "letters"), 0);
        let written: Result<(), Error> = journal.write_blocking(|tx| {
            assert_eq!(hold_position(tx, "letters")?, 0);
            add(tx, 1, "a letter")?;
            move_position(tx, "letters", 17)
        });
        written.unwrap();
        assert_eq!(position_of(&journal, "letters"), 17);

        let failed: Result<(), Error> = journal.write_blocking(|tx| {
            assert_eq!(hold_position(tx, "letters")?, 17);
            move_position(tx, "letters", 18)?;
            add(tx, 1, "the same letter")
        });
        assert!(matches!(failed, Err(Error::Conflict)));
        assert_eq!(position_of(&journal, "letters"), 17);
        assert_eq!(position_of(&journal, "watchers"), 0);
        assert_eq!(count(&journal), 1);
    });
}

#[test]
fn counters_give_blocks_without_holes() {
    everywhere(|place| {
        let journal = place.open_with(&Options { writers: 3, ..Options::default() });
        let taken_from = &journal;
        let mut blocks: Vec<(i64, i64)> = thread::scope(|scope| {
            let takers: Vec<_> =
                (1..=4).map(|size| scope.spawn(move || take_many(taken_from, size))).collect();
            takers.into_iter().flat_map(|taker| taker.join().unwrap()).collect()
        });
        blocks.sort_unstable();
        let mut next = 1;
        for (first, size) in blocks {
            assert_eq!(first, next);
            next += size;
        }
        assert_eq!(next, 1 + 20 * (1 + 2 + 3 + 4));
    });
}

/// Takes twenty blocks and gives them back; every third attempt is rolled back and leaves no hole.
fn take_many(journal: &journal::Journal, size: i64) -> Vec<(i64, i64)> {
    let mut blocks = Vec::new();
    for attempt in 0..30 {
        let block: Result<i64, Error> = journal.write_blocking(move |tx| {
            let first = take_block(tx, "entries", size)?;
            if attempt % 3 == 2 { Err(Error::Closed) } else { Ok(first) }
        });
        blocks.extend(block.ok().map(|first| (first, size)));
    }
    blocks
}

#[test]
fn a_block_has_at_least_one_number() {
    let place = Place::sqlite();
    let journal = place.open();
    let none: Result<i64, Error> = journal.write_blocking(|tx| take_block(tx, "entries", 0));
    assert!(matches!(none, Err(Error::Database(_))));
}
