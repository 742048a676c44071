//! What a node knows when it starts, and what of the log is kept in memory: both follow from the tables.

use super::fetch::envelope;
use super::index::{Index, Kept};
use super::schema::{array, number};
use super::{clones, names, neighbours, origins};
use crate::envelope::{Hash, Predecessor, StreamId};
use crate::key::PublicKey;
use crate::node::{Restored, RestoredStream};
use crate::ranges::Ranges;
use crate::time::Time;
use journal::{Error, Row, Tx, args};
use std::collections::{BTreeSet, HashMap};

journal::statements! {
    /// Statements that read everything, at start.
    pub(super) STATEMENTS;
    STREAMS = "SELECT number, origin, epoch, predecessor_epoch, predecessor_number, forked, forgotten,
        base_n, base_hash, base_time FROM streams ORDER BY number";
    LAST = "SELECT n, time, bytes FROM envelopes WHERE stream = $1 ORDER BY n DESC LIMIT 1";
    OLDEST = "SELECT time FROM envelopes WHERE stream = $1 ORDER BY n LIMIT 1";
    SETTLED = "SELECT first, last FROM settled WHERE stream = $1";
    EARLY = "SELECT n FROM early WHERE stream = $1";
    FIRST_EARLY = "SELECT bytes FROM early WHERE stream = $1 ORDER BY n LIMIT 1";
}

/// A row of `streams`.
struct Stream {
    number: i64,
    id: StreamId,
    predecessor: Option<Predecessor>,
    forked: bool,
    forgotten: bool,
    base: Option<(u64, Hash, Time)>,
}

/// What is kept in memory.
pub(super) fn index(tx: &mut Tx<'_>) -> Result<Index, Error> {
    let mut kept = HashMap::new();
    for stream in tx.all(&STREAMS, &[], stream)? {
        let oldest = tx.one(&OLDEST, args![stream.number], |row| row.int(0))?;
        let oldest = oldest.map(|time| Time(number(time)));
        kept.insert(stream.id, Kept { oldest, is_forgotten: stream.forgotten, ..Kept::new(stream.number) });
    }
    Ok(Index::new(kept, names::next_place(tx)?))
}

/// What the node knows.
pub(super) fn node(tx: &mut Tx<'_>) -> Result<Restored, Error> {
    let all = tx.all(&STREAMS, &[], stream)?.into_iter().filter(|stream| !stream.forgotten);
    let streams = all.map(|stream| restored(tx, stream)).collect::<Result<_, _>>()?;
    Ok(Restored {
        streams,
        origins: origins::all(tx)?,
        neighbours: neighbours::all(tx)?,
        upstreams: BTreeSet::new(),
        clones: clones::find(tx)?,
    })
}

fn restored(tx: &mut Tx<'_>, stream: Stream) -> Result<RestoredStream, Error> {
    let number = args![stream.number];
    let last = tx.one(&LAST, number, last)?.or(stream.base);
    let shown = last.map_or(0, |(n, ..)| n);
    // Applications see a stream in order: what is below the last that they saw is there, let go, or given up.
    let mut seen = Ranges::up_to(shown);
    let mut absent: Ranges = tx.all(&SETTLED, number, range)?.into_iter().collect();
    seen.insert_all(&absent);
    let trimmed = stream.base.map_or(0, |(n, ..)| n);
    absent.remove(1..=trimmed);
    let delivered = seen.settled();
    let mut held = seen;
    for n in tx.all(&EARLY, number, |row| row.int(0))?.into_iter().map(self::number) {
        held.insert(n..=n);
    }
    let early = tx.one(&FIRST_EARLY, number, |row| envelope(row.blob_ref(0)?))?;
    let early = early.map(|found| (found.number(), *found.previous(), found.time()));
    let Stream { id, predecessor, forked, .. } = stream;
    Ok(RestoredStream { early, id, held, delivered, trimmed, absent, last, predecessor, forked })
}

fn stream(row: &Row<'_>) -> Result<Stream, Error> {
    let origin = PublicKey::trusted(array(row.blob_ref(1)?)?);
    let epoch = row.int(2)?.cast_unsigned();
    let predecessor = row.opt_int(3)?.zip(row.opt_int(4)?);
    let predecessor =
        predecessor.map(|(epoch, n)| Predecessor { epoch: epoch.cast_unsigned(), number: number(n) });
    let hash = row.opt_blob_ref(8)?.map(array).transpose()?;
    let (base_n, base_time) = (number(row.int(7)?), Time(number(row.int(9)?)));
    Ok(Stream {
        number: row.int(0)?,
        id: StreamId { origin, epoch },
        predecessor,
        forked: row.flag(5)?,
        forgotten: row.flag(6)?,
        base: hash.map(|hash| (base_n, hash, base_time)),
    })
}

fn last(row: &Row<'_>) -> Result<(u64, Hash, Time), Error> {
    let envelope = envelope(row.blob_ref(2)?)?;
    Ok((envelope.number(), *envelope.hash(), envelope.time()))
}

fn range(row: &Row<'_>) -> Result<std::ops::RangeInclusive<u64>, Error> {
    Ok(number(row.int(0)?)..=number(row.int(1)?))
}
