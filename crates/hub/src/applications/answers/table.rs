//! The table `answers`.

use super::{EventKey, REMEMBERED};
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
    pub(super) content: [u8; 32],
    pub(super) receipt: Receipt,
    pub(super) at: Time,
}

journal::statements! {
    /// Statements on `answers`.
    pub STATEMENTS;
    FIND = "SELECT content, epoch, number, message FROM answers WHERE token = $1 AND event = $2 AND at > $3";
    KEEP = "INSERT INTO answers (token, event, content, epoch, number, message, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (token, event) DO UPDATE SET content = excluded.content, epoch = excluded.epoch,
            number = excluded.number, message = excluded.message, at = excluded.at
        WHERE answers.at <= $8";
    PURGE = "DELETE FROM answers WHERE at <= $1";
}

/// What is known of an event that was sent later than `since`: its content and where it is.
pub(super) fn find(
    tx: &mut Tx<'_>,
    key: &EventKey,
    since: Time,
) -> Result<Option<([u8; 32], Receipt)>, Error> {
    tx.one(&FIND, args![key.token, &key.event, since.0 as i64], |row| {
        let content =
            row.blob_ref(0)?.try_into().map_err(|_| Error::Corrupt("a hash is not 32 bytes long".into()))?;
        let (epoch, number, index) = (row.int(1)? as u64, row.int(2)? as u64, row.int(3)? as u16);
        Ok((content, Receipt { epoch, number, index }))
    })
}

/// Keeps a row. One that is there already stands, unless it is too old to count.
pub(super) fn keep(tx: &mut Tx<'_>, answer: &Answer) -> Result<(), Error> {
    let Answer { key, content, receipt, at } = answer;
    let (epoch, number, too_old) = (receipt.epoch as i64, receipt.number as i64, *at - REMEMBERED);
    let args =
        args![key.token, &key.event, content, epoch, number, receipt.index, at.0 as i64, too_old.0 as i64];
    tx.run(&KEEP, args).map(drop)
}

/// Forgets rows up to a time.
pub(super) fn purge(tx: &mut Tx<'_>, until: Time) -> Result<(), Error> {
    tx.run(&PURGE, args![until.0 as i64]).map(drop)
}
