//! The table `answers`.

use super::{Content, EventKey, REMEMBERED};
use crate::time::Time;
use journal::{Error, Tx, args};

/// Where an event stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which epoch of the origin.
    pub epoch: u64,
    /// Which envelope.
    pub number: u64,
    /// Which message of it, from 0.
    pub index: u16,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) key: EventKey,
    pub(super) content: Content,
    pub(super) receipt: Receipt,
    pub(super) at: Time,
}

journal::statements! {
    /// Statements on `answers`.
    pub STATEMENTS;
    FIND = "SELECT content, epoch, number, message FROM answers WHERE event = $1 AND at > $2";
    KEEP = "INSERT INTO answers (event, content, epoch, number, message, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (event) DO UPDATE SET content = excluded.content, epoch = excluded.epoch,
            number = excluded.number, message = excluded.message, at = excluded.at
        WHERE answers.at <= $7";
    EVENTS = "SELECT event FROM answers WHERE event > $1 ORDER BY event LIMIT $2";
    PURGE = "DELETE FROM answers WHERE event BETWEEN $1 AND $2 AND at <= $3";
}

/// What is known of an event that was sent later than `since`: its content and where it is.
pub(super) fn find(
    tx: &mut Tx<'_>,
    key: &EventKey,
    since: Time,
) -> Result<Option<(Content, Receipt)>, Error> {
    tx.one(&FIND, args![&key.event, since.0 as i64], |row| {
        let (epoch, number, index) = (row.int(1)? as u64, row.int(2)? as u64, row.int(3)? as u16);
        Ok((hash(row.blob_ref(0)?)?, Receipt { epoch, number, index }))
    })
}

/// Keeps a row. One that is there already stands, unless it is too old to count.
pub(super) fn keep(tx: &mut Tx<'_>, answer: &Answer) -> Result<(), Error> {
    let Answer { key, content, receipt, at } = answer;
    let (epoch, number, too_old) = (receipt.epoch as i64, receipt.number as i64, *at - REMEMBERED);
    let args = args![&key.event, content, epoch, number, receipt.index, at.0 as i64, too_old.0 as i64];
    tx.run(&KEEP, args).map(drop)
}

/// The events behind one, in order, so many at most.
pub(super) fn events(tx: &mut Tx<'_>, behind: [u8; 16], most: u32) -> Result<Vec<[u8; 16]>, Error> {
    tx.all(&EVENTS, args![&behind, most], |row| hash(row.blob_ref(0)?))
}

/// Forgets rows up to a time, of events whose hash begins with a byte: a 256th of all.
pub(super) fn purge(tx: &mut Tx<'_>, byte: u8, until: Time) -> Result<(), Error> {
    let (mut first, mut last) = ([0; 16], [u8::MAX; 16]);
    (first[0], last[0]) = (byte, byte);
    tx.run(&PURGE, args![&first, &last, until.0 as i64]).map(drop)
}

fn hash(bytes: &[u8]) -> Result<[u8; 16], Error> {
    bytes.try_into().map_err(|_| Error::Corrupt("a hash is not 16 bytes long".into()))
}
