//! How many rows one writer commits: an INSERT and an UPDATE for each, in batches of 96, on SQLite.
//!
//! `cargo run --release -p journal --example writer`, or with a location as its argument.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it measures and prints")]

use std::error::Error as StdError;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use journal::{Error, Failure, Job, Journal, Location, Migration, Options, Schema, Tx, args, take_block};

const BATCH: i64 = 96;
const LOTS: i64 = 10_000;
const ROUND: Duration = Duration::from_secs(3);

static SCHEMA: Schema = Schema {
    table: "example_schema",
    migrations: &[Migration {
        version: 1,
        name: "bids",
        sqlite: "CREATE TABLE lots (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL) STRICT;
            CREATE TABLE bids (sequence INTEGER PRIMARY KEY, lot INTEGER NOT NULL, bidder INTEGER NOT NULL,
                amount INTEGER NOT NULL, id BLOB NOT NULL) STRICT;",
        postgres: "CREATE TABLE lots (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL);
            CREATE TABLE bids (sequence BIGINT PRIMARY KEY, lot BIGINT NOT NULL, bidder BIGINT NOT NULL,
                amount BIGINT NOT NULL, id BYTEA NOT NULL);",
    }],
};

journal::statements! {
    LIST;
    LOT = "INSERT INTO lots (id, amount) VALUES ($1, 0) ON CONFLICT DO NOTHING";
    BID = "INSERT INTO bids (sequence, lot, bidder, amount, id) VALUES ($1, $2, $3, $4, $5)";
    RAISE = "UPDATE lots SET amount = $1 WHERE id = $2";
}

/// One batch of bids, as somebody hands it in.
struct Batch {
    number: i64,
    done: mpsc::Sender<Result<(), Error>>,
}

impl Batch {
    fn bids(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let first = take_block(tx, "bids", BATCH)?;
        for bid in 0..BATCH {
            let sequence = first + bid;
            let lot = (sequence.wrapping_mul(7919) + self.number) % LOTS;
            let id = (sequence as u128).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
            tx.run(&BID, args![sequence, lot, bid, sequence, &id])?;
            tx.run(&RAISE, args![sequence, lot])?;
        }
        Ok(())
    }
}

impl Job for Batch {
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        Ok(self.bids(tx)?)
    }

    fn done(self: Box<Self>, outcome: Result<(), Error>) {
        let _ = self.done.send(outcome);
    }
}

fn main() -> Result<(), Box<dyn StdError>> {
    let folder = tempfile::tempdir_in(".")?;
    let location = match std::env::args().nth(1) {
        Some(text) => Location::from(text.as_str()),
        None => Location::Sqlite(folder.path().join("writer.db")),
    };
    let journal = Journal::open(&location, &SCHEMA, &Options::default())?;
    journal
        .write_blocking::<_, Error>(|tx| (0..LOTS).try_for_each(|lot| tx.run(&LOT, args![lot]).map(drop)))?;
    println!("{} statements, batches of {BATCH}, {:?}", LIST.len(), journal.dialect());
    for round in 1..=3 {
        println!("round {round}: {} bids/s", measure(&journal)?);
    }
    journal.close();
    Ok(())
}

/// One batch after the other, each submitted when the one before is on disk.
fn measure(journal: &Journal) -> Result<u64, Error> {
    let (done, outcomes) = mpsc::channel();
    let start = Instant::now();
    let mut batches = 0;
    while start.elapsed() < ROUND {
        let done = done.clone();
        journal.submit(Box::new(Batch { number: batches, done }));
        outcomes.recv().map_err(|_| Error::Closed)??;
        batches += 1;
    }
    let seconds = start.elapsed().as_secs_f64();
    Ok(((batches * BATCH) as f64 / seconds) as u64)
}
