//! The words of auctions, and lists of auctions for pages.

use crate::auctions::{self, Stored, columns};
use auction::{Person, Time};
use journal::{Error, Row, Tx, args};

/// An auction in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its title.
    pub title: String,
    /// Terms and standing.
    pub stored: Stored,
}

/// Adds to the text what was added at a time, unless it stands there.
pub fn add_once(tx: &mut Tx<'_>, auction: i64, text: &str, at: Time) -> Result<(), Error> {
    tx.run(&ADD_ONCE, args![auction, at.0, text]).map(drop)
}

/// The words of an auction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub title: String,
    /// Plain text.
    pub description: String,
    /// Why a moderator did not approve, or why it was withdrawn; empty otherwise.
    pub reason: String,
    /// Text added since, oldest first.
    pub additions: Vec<(Time, String)>,
}

/// Where a list goes on: behind the row with this time and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The time that the list is ordered by.
    pub at: Time,
    /// The auction's number.
    pub id: i64,
}

impl Place {
    /// This place, or where everything of `now` is behind if that is later.
    pub(crate) fn no_earlier_than(self, now: Time) -> Place {
        if self.at < now { Place { at: now, id: i64::MAX } } else { self }
    }
}

macro_rules! listed {
    ($rest:expr) => {
        concat!(
            "SELECT l.title, ",
            columns!(),
            " FROM auctions a JOIN listings l ON l.auction = a.id ",
            $rest
        )
    };
}

journal::statements! {
    /// Statements on `listings` and `additions`, and on both with `auctions`.
    pub STATEMENTS;
    INSERT = "INSERT INTO listings (auction, title, description, reason) VALUES ($1, $2, $3, '')";
    UPDATE = "UPDATE listings SET title = $1, description = $2 WHERE auction = $3";
    SET_REASON = "UPDATE listings SET reason = $1 WHERE auction = $2";
    WORDS = "SELECT title, description, reason FROM listings WHERE auction = $1";
    ADDITIONS = "SELECT at, text FROM additions WHERE auction = $1 ORDER BY at";
    ADD_ONCE = "INSERT INTO additions (auction, at, text) VALUES ($1, $2, $3) ON CONFLICT (auction, at) DO NOTHING";
    ADD = "INSERT INTO additions (auction, at, text) VALUES ($1, $2, $3)
        ON CONFLICT (auction, at) DO UPDATE SET text = additions.text || ' ' || excluded.text";
    OPEN = listed!("WHERE a.phase = 3 AND a.opens_at <= $1 AND (a.ends_at, a.id) > ($2, $3)
        ORDER BY a.ends_at, a.id LIMIT $4");
    SCHEDULED = listed!("WHERE a.phase = 3 AND (a.opens_at, a.id) > ($1, $2)
        ORDER BY a.opens_at, a.id LIMIT $3");
    CLOSED = listed!("WHERE a.phase = 4 AND (a.ends_at, a.id) < ($1, $2)
        ORDER BY a.ends_at DESC, a.id DESC LIMIT $3");
    AWAITING = listed!("WHERE a.phase = 1 AND (a.ends_at, a.id) > ($1, $2)
        ORDER BY a.ends_at, a.id LIMIT $3");
    OF_SELLER = listed!("WHERE a.seller = $1 AND a.id < $2 ORDER BY a.id DESC LIMIT $3");
    ONE = listed!("WHERE a.id = $1");
}

/// Enters the words of a new auction.
pub fn insert(tx: &mut Tx<'_>, auction: i64, title: &str, description: &str) -> Result<(), Error> {
    tx.run(&INSERT, args![auction, title, description]).map(drop)
}

/// Replaces the words.
pub fn update(tx: &mut Tx<'_>, auction: i64, title: &str, description: &str) -> Result<(), Error> {
    tx.run(&UPDATE, args![title, description, auction]).map(drop)
}

/// Sets why it was not approved, or withdrawn.
pub fn set_reason(tx: &mut Tx<'_>, auction: i64, reason: &str) -> Result<(), Error> {
    tx.run(&SET_REASON, args![reason, auction]).map(drop)
}

/// Adds to the text.
pub fn add(tx: &mut Tx<'_>, auction: i64, text: &str, now: Time) -> Result<(), Error> {
    tx.run(&ADD, args![auction, now.0, text]).map(drop)
}

/// The words of an auction.
pub fn words(tx: &mut Tx<'_>, auction: i64) -> Result<Option<Words>, Error> {
    let additions = tx.all(&ADDITIONS, args![auction], |row| Ok((Time(row.int(0)?), row.text(1)?)))?;
    tx.one(&WORDS, args![auction], |row| {
        Ok(Words {
            title: row.text(0)?,
            description: row.text(1)?,
            reason: row.text(2)?,
            additions: additions.clone(),
        })
    })
}

/// One auction with its title.
pub fn one(tx: &mut Tx<'_>, auction: i64) -> Result<Option<Listed>, Error> {
    tx.one(&ONE, args![auction], listed)
}

/// Open auctions, ending soonest first.
pub fn open(tx: &mut Tx<'_>, now: Time, after: Place, limit: usize) -> Result<Vec<Listed>, Error> {
    // What has ended waits for its close and is no longer open.
    let after = after.no_earlier_than(now);
    tx.all(&OPEN, args![now.0, after.at.0, after.id, limit], listed)
}

/// Auctions that open after `now`, opening soonest first.
pub fn scheduled(tx: &mut Tx<'_>, now: Time, after: Place, limit: usize) -> Result<Vec<Listed>, Error> {
    let after = after.no_earlier_than(now);
    tx.all(&SCHEDULED, args![after.at.0, after.id, limit], listed)
}

/// Closed auctions, closed last first.
pub fn closed(tx: &mut Tx<'_>, before: Place, limit: usize) -> Result<Vec<Listed>, Error> {
    tx.all(&CLOSED, args![before.at.0, before.id, limit], listed)
}

/// Auctions that wait for approval, ending soonest first.
pub fn awaiting(tx: &mut Tx<'_>, after: Place, limit: usize) -> Result<Vec<Listed>, Error> {
    tx.all(&AWAITING, args![after.at.0, after.id, limit], listed)
}

/// A seller's auctions in all states, newest first, below a number.
pub fn of_seller(tx: &mut Tx<'_>, seller: Person, below: i64, limit: usize) -> Result<Vec<Listed>, Error> {
    tx.all(&OF_SELLER, args![seller.0, below, limit], listed)
}

fn listed(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed { title: row.text(0)?, stored: auctions::stored_from(row, 1)? })
}
