//! The rival: for each bid one INSERT into `entries` and one UPDATE of `auctions`, and nothing decided.

use crate::setting::{BIDDERS, Setting, command};
use crate::{BATCH, Failure, Round};
use journal::args;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc;
use store::{Error, Job, Tx};

journal::statements! {
    LIST;
    INSERT = "INSERT INTO entries (sequence, auction, displaced, number, at, person, capacity, command, version, deed,
        detail, amount, refusal, refusal_data, removed, phase, phase_at, winner, sold_price, ends_at, price, leader,
        leader_limit, reserve, offers, buy_now, postponed, stood_still)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
        $22, $23, $24, $25, $26, $27, $28)";
    UPDATE = "UPDATE auctions SET price = $1, leader = $2, leader_limit = $3, offers = $4, last_number = $5,
        last_at = $6 WHERE id = $7";
}

static SEQUENCE: AtomicI64 = AtomicI64::new(0);

struct Batch {
    first: i64,
    auctions: u64,
    done: mpsc::Sender<Result<(), Error>>,
}

impl Batch {
    fn bids(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        for sequence in (self.first..).take(BATCH) {
            let (auction, number) = (1 + sequence % self.auctions as i64, sequence);
            let (person, at) = (2 + sequence * 7 % BIDDERS as i64, 1_767_614_400_000_000 + sequence);
            let amount = 1000 + 20_000 * sequence;
            let none: Option<i64> = None;
            tx.run(
                &INSERT,
                args![
                    sequence,
                    auction,
                    person,
                    number,
                    at,
                    person,
                    0,
                    &command(sequence as u64).0,
                    1,
                    "offer",
                    none,
                    amount,
                    none,
                    none,
                    none,
                    3,
                    none,
                    none,
                    none,
                    at,
                    amount,
                    person,
                    amount,
                    none,
                    1,
                    false,
                    0,
                    0
                ],
            )?;
            tx.run(&UPDATE, args![amount, person, amount, number, number, at, auction])?;
        }
        Ok(())
    }
}

impl Job for Batch {
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), store::Failure> {
        Ok(self.bids(tx)?)
    }

    fn done(self: Box<Self>, outcome: Result<(), Error>) {
        let _ = self.done.send(outcome);
    }
}

/// One batch after the other, each handed in when the one before is on disk.
pub(crate) fn play(setting: &Setting, auctions: u64, round: &Round) -> Result<u64, Failure> {
    assert_eq!(LIST.len(), 2);
    let (done, outcomes) = mpsc::channel();
    let submit = || {
        let first = 1 + SEQUENCE.fetch_add(BATCH as i64, Ordering::Relaxed);
        setting.market.journal().submit(Box::new(Batch { first, auctions, done: done.clone() }));
    };
    let mut bids = 0;
    submit();
    while !round.is_over() {
        outcomes.recv()??;
        bids += BATCH as u64;
        submit();
    }
    outcomes.recv()??;
    Ok(bids + BATCH as u64)
}
