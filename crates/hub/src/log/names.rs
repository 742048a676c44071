//! The name of the log, new at each start, so that a place tells in which history it was given.
//!
//! A restored copy gives places again that were given before, to other envelopes. An application that says where it
//! stands names the log as well; what the copy knows of that log shows whether it still stands on the same history.

use super::schema::{number, whole};
use journal::{Error, Tx, args};
use std::fmt;
use std::str::FromStr;

journal::statements! {
    /// Statements on `logs`.
    pub(super) STATEMENTS;
    BEGIN = "INSERT INTO logs (identity, first, reached) VALUES ($1, $2, $2 - 1)";
    REACH = "UPDATE logs SET reached = max(reached, $1) WHERE number = (SELECT max(number) FROM logs)";
    REACHED = "SELECT max(reached) FROM logs";
    NEXT = "SELECT min(later.first) FROM logs AS this JOIN logs AS later ON later.number > this.number
        WHERE this.identity = $1";
    IS_NEWEST = "SELECT 1 FROM logs WHERE identity = $1 AND number = (SELECT max(number) FROM logs)";
    PURGE = "DELETE FROM logs WHERE number < (SELECT max(number) FROM logs WHERE first <=
        (SELECT coalesce(min(place), 0) FROM envelopes))";
    GREATEST_PLACE = "SELECT max(place) FROM envelopes";
}

/// The name of the log since one start: random, so that no two are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LogName(pub u64);

/// Where an application stands: it has seen everything up to a place, of a log of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The name of the log when the application was given this place.
    pub log: LogName,
    /// The place.
    pub place: u64,
}

/// A new start. Of earlier ones, those whose places were all let go need not be known: they are as good as unknown.
pub(super) fn begin(tx: &mut Tx<'_>, name: LogName, first: u64) -> Result<(), Error> {
    tx.run(&PURGE, &[])?;
    tx.run(&BEGIN, args![name.0.cast_signed(), whole(first)]).map(drop)
}

/// Remembers a place that its envelope will no longer tell of.
pub(super) fn reach(tx: &mut Tx<'_>, place: u64) -> Result<(), Error> {
    tx.run(&REACH, args![whole(place)]).map(drop)
}

/// The next place that was never given.
pub(super) fn next_place(tx: &mut Tx<'_>) -> Result<u64, Error> {
    let reached = tx.one(&REACHED, &[], |row| row.opt_int(0))?.flatten().unwrap_or(0);
    let greatest = tx.one(&GREATEST_PLACE, &[], |row| row.opt_int(0))?.flatten().unwrap_or(0);
    Ok(number(reached.max(greatest)) + 1)
}

/// After which place to go on: exactly there, if this database gave that place or any before it under this name; from
/// the start of the next log, if it did not get that far; from the oldest, if it never had that name.
pub(super) fn resume(tx: &mut Tx<'_>, cursor: Cursor) -> Result<u64, Error> {
    let identity = cursor.log.0.cast_signed();
    let end = match tx.one(&NEXT, args![identity], |row| row.opt_int(0))?.flatten() {
        Some(next) => number(next),
        None if tx.one(&IS_NEWEST, args![identity], |_| Ok(()))?.is_some() => next_place(tx)?,
        None => 1,
    };
    Ok(cursor.place.min(end - 1))
}

impl fmt::Display for LogName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.log, self.place)
    }
}

/// The text was not written by a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not where anybody can stand in a log")]
pub struct NoCursor;

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Cursor, NoCursor> {
        let (log, place) = text.split_once('-').ok_or(NoCursor)?;
        let log = u64::from_str_radix(log, 16).map_err(|_| NoCursor)?;
        Ok(Cursor { log: LogName(log), place: place.parse().map_err(|_| NoCursor)? })
    }
}
