//! What a link wants to send: numbers of one stream, whether applications have seen them or not.

use super::schema::{number, whole};
use crate::envelope::Envelope;
use crate::key::PublicKey;
use crate::time::Time;
use bytes::Bytes;
use journal::{Error, Row, Tx, args};
use std::ops::{ControlFlow, RangeInclusive};
use std::sync::Arc;

journal::statements! {
    /// Statements on `envelopes` and `early`, by number.
    pub(super) STATEMENTS;
    SHOWN = "SELECT n, bytes FROM envelopes WHERE stream = $1 AND n BETWEEN $2 AND $3 ORDER BY n";
    TIME = "SELECT time FROM envelopes WHERE stream = $1 AND n = $2";
    NOT_YET_SHOWN = "SELECT n, bytes FROM early WHERE stream = $1 AND n BETWEEN $2 AND $3 ORDER BY n";
}

/// What was looked up, and what of it is there.
#[derive(Clone, Debug)]
pub struct Found {
    /// It ends earlier than what was asked for, where that was too much.
    pub range: RangeInclusive<u64>,
    /// What is there, in order. What is missing is gone.
    pub envelopes: Vec<Arc<Envelope>>,
}

/// An envelope that was checked before it was stored.
pub(super) fn envelope(bytes: &[u8]) -> Result<Envelope, Error> {
    let read = Envelope::read_of(Bytes::copy_from_slice(bytes), |key| Ok(PublicKey::trusted(key)));
    read.map_err(|_| Error::Corrupt("an envelope of the log cannot be read".into()))
}

/// Looks a range up. What is early has greater numbers than what was shown.
pub(super) fn range(
    tx: &mut Tx<'_>,
    stream: i64,
    range: RangeInclusive<u64>,
    bytes: usize,
) -> Result<Found, Error> {
    let asked = args![stream, whole(*range.start()), whole(*range.end())];
    let mut gathered = Gathered { envelopes: Vec::new(), bytes: 0, enough: bytes, end: None };
    tx.walk(&SHOWN, asked, |row| gathered.take(row))?;
    if gathered.end.is_none() {
        tx.walk(&NOT_YET_SHOWN, asked, |row| gathered.take(row))?;
    }
    let end = gathered.end.unwrap_or(*range.end());
    Ok(Found { range: *range.start()..=end, envelopes: gathered.envelopes })
}

/// When the oldest of these was signed.
pub(super) fn oldest(tx: &mut Tx<'_>, envelopes: &[(i64, u64)]) -> Result<Option<Time>, Error> {
    let mut oldest = None;
    for (stream, n) in envelopes {
        let time = tx.one(&TIME, args![*stream, whole(*n)], |row| row.int(0))?;
        oldest = oldest.into_iter().chain(time.map(|time| Time(number(time)))).min();
    }
    Ok(oldest)
}

struct Gathered {
    envelopes: Vec<Arc<Envelope>>,
    bytes: usize,
    enough: usize,
    /// The last number that was looked up, if that was enough.
    end: Option<u64>,
}

impl Gathered {
    fn take(&mut self, row: &Row<'_>) -> Result<ControlFlow<()>, Error> {
        let envelope = envelope(row.blob_ref(1)?)?;
        self.bytes += envelope.bytes().len();
        self.envelopes.push(Arc::new(envelope));
        if self.bytes < self.enough {
            return Ok(ControlFlow::Continue(()));
        }
        self.end = Some(number(row.int(0)?));
        Ok(ControlFlow::Break(()))
    }
}
