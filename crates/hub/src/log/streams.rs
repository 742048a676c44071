//! The rows of streams.

use super::schema::whole;
use crate::envelope::{Hash, Predecessor, StreamId};
use crate::time::Time;
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `streams` and `settled`.
    pub(super) STATEMENTS;
    HAVE = "INSERT INTO streams (origin, epoch) VALUES ($1, $2)
        ON CONFLICT (origin, epoch) DO UPDATE SET forgotten = 0 RETURNING number";
    NAME_PREDECESSOR = "UPDATE streams SET predecessor_epoch = $1, predecessor_number = $2 WHERE number = $3";
    FORK = "UPDATE streams SET forked = 1 WHERE number = $1";
    FORGET = "UPDATE streams SET forgotten = 1 WHERE number = $1";
    SET_BASE = "UPDATE streams SET base_n = $1, base_hash = $2, base_time = $3 WHERE number = $4";
    IS_FORGOTTEN = "SELECT forgotten FROM streams WHERE number = $1";
    DROP = "DELETE FROM streams WHERE number = $1";
    SETTLE = "INSERT INTO settled (stream, first, last) VALUES ($1, $2, $3)
        ON CONFLICT (stream, first) DO UPDATE SET last = max(last, excluded.last)";
    UNSETTLE = "DELETE FROM settled WHERE stream = $1 AND last <= $2";
    DROP_EARLY = "DELETE FROM early WHERE stream = $1";
    HAS_ENVELOPES = "SELECT EXISTS (SELECT 1 FROM envelopes WHERE stream = $1)";
}

/// An epoch is any 64 bits, of which only equality counts.
pub(super) fn epoch(epoch: u64) -> i64 {
    epoch.cast_signed()
}

/// The number of a stream, which gets a row if it has none.
pub(super) fn have(tx: &mut Tx<'_>, stream: StreamId) -> Result<i64, Error> {
    let args = args![stream.origin.bytes(), epoch(stream.epoch)];
    let number = tx.one(&HAVE, args, |row| row.int(0))?;
    number.ok_or_else(|| Error::Database("a stream that was just written is gone".into()))
}

pub(super) fn name_predecessor(tx: &mut Tx<'_>, number: i64, before: Predecessor) -> Result<(), Error> {
    tx.run(&NAME_PREDECESSOR, args![epoch(before.epoch), whole(before.number), number]).map(drop)
}

pub(super) fn fork(tx: &mut Tx<'_>, number: i64) -> Result<(), Error> {
    tx.run(&FORK, args![number]).map(drop)
}

pub(super) fn settle(tx: &mut Tx<'_>, number: i64, first: u64, last: u64) -> Result<(), Error> {
    tx.run(&SETTLE, args![number, whole(first), whole(last)]).map(drop)
}

/// All up to `n` were let go; this was the last of them.
pub(super) fn set_base(tx: &mut Tx<'_>, number: i64, n: u64, hash: &Hash, time: Time) -> Result<(), Error> {
    tx.run(&SET_BASE, args![whole(n), hash, whole(time.0), number])?;
    tx.run(&UNSETTLE, args![number, whole(n)]).map(drop)
}

/// Forgets a stream. Its envelopes stay until they are trimmed, and its row with them; says whether the row is gone.
pub(super) fn forget(tx: &mut Tx<'_>, number: i64) -> Result<bool, Error> {
    tx.run(&FORGET, args![number])?;
    tx.run(&UNSETTLE, args![number, i64::MAX])?;
    tx.run(&DROP_EARLY, args![number])?;
    drop_if_empty(tx, number)
}

/// Drops the row of a forgotten stream that has no envelopes left; says whether it did.
pub(super) fn drop_if_empty(tx: &mut Tx<'_>, number: i64) -> Result<bool, Error> {
    let forgotten = tx.one(&IS_FORGOTTEN, args![number], |row| row.flag(0))?.unwrap_or(false);
    let has_envelopes = tx.one(&HAS_ENVELOPES, args![number], |row| row.flag(0))?.unwrap_or(false);
    let drops = forgotten && !has_envelopes;
    if drops {
        tx.run(&DROP, args![number])?;
    }
    Ok(drops)
}
