//! The steps of a batch, as changes of the tables.

use super::fetch::envelope;
use super::places::Placed;
use super::schema::whole;
use super::{Shared, clones, forks, names, origins, streams};
use crate::envelope::{Envelope, StreamId};
use crate::node::Step;
use journal::{Error, Tx, args};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

journal::statements! {
    /// Statements on `envelopes` and `early` that change them.
    pub(super) STATEMENTS;
    APPEND = "INSERT INTO envelopes (place, stream, n, time, bytes) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (stream, n) DO NOTHING";
    PUT_EARLY = "INSERT INTO early (stream, n, bytes) VALUES ($1, $2, $3) ON CONFLICT (stream, n) DO NOTHING";
    TAKE_EARLY = "SELECT n, bytes FROM early WHERE stream = $1 AND n BETWEEN $2 AND $3 ORDER BY n";
    DROP_EARLY = "DELETE FROM early WHERE stream = $1 AND n BETWEEN $2 AND $3";
}

/// What a batch has changed; it counts only after the commit.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) next_place: u64,
    /// Streams that got a row.
    pub(super) learned: HashMap<StreamId, i64>,
    /// Streams that lost it.
    pub(super) dropped: Vec<StreamId>,
    /// Streams that were forgotten, and whose envelopes have not been let go yet.
    pub(super) forgotten: HashMap<StreamId, i64>,
    /// Envelopes that got a place.
    pub(super) added: Vec<Placed>,
}

/// A batch under way.
pub(super) struct Changing<'a, 'tx> {
    tx: &'a mut Tx<'tx>,
    shared: &'a Shared,
    changes: Changes,
}

impl<'a, 'tx> Changing<'a, 'tx> {
    pub(super) fn new(tx: &'a mut Tx<'tx>, shared: &'a Shared) -> Result<Changing<'a, 'tx>, Error> {
        let (is_sure, next_place) = {
            let index = shared.index();
            (index.is_sure, index.next_place)
        };
        // After a failure nobody knows what the file holds.
        let next_place = if is_sure { next_place } else { names::next_place(tx)? };
        Ok(Changing { tx, shared, changes: Changes { next_place, ..Changes::default() } })
    }

    pub(super) fn done(self) -> Changes {
        self.changes
    }

    pub(super) fn step(&mut self, step: &Step) -> Result<(), Error> {
        match step {
            Step::Append(envelope) => self.append(envelope),
            Step::Early(envelope) => self.put_early(envelope),
            Step::Release { stream, range } => self.release(*stream, range),
            Step::Settle { stream, range } => {
                let number = self.number(*stream)?;
                streams::settle(self.tx, number, *range.start(), *range.end())
            }
            Step::Forked { stream, .. } => {
                let number = self.number(*stream)?;
                streams::fork(self.tx, number)
            }
            Step::Forget(stream) => self.forget(*stream),
            Step::Floor { origin, floor } => origins::raise_floor(self.tx, *origin, *floor),
            Step::Block(key) => origins::block(self.tx, *key),
            Step::Unblock(key) => origins::unblock(self.tx, *key),
            Step::Clones(known) => clones::keep(self.tx, *known),
        }
    }

    /// Keeps the proof of a fork. After all other steps: what was there first may be of the same batch.
    pub(super) fn prove(&mut self, step: &Step) -> Result<(), Error> {
        let Step::Forked { kept, other, at, .. } = step else { return Ok(()) };
        forks::keep(self.tx, &forks::NewFork { kept: *kept, other, at: *at })
    }

    fn append(&mut self, envelope: &Arc<Envelope>) -> Result<(), Error> {
        let number = self.number_for(envelope)?;
        self.give_place(number, envelope)
    }

    fn give_place(&mut self, number: i64, envelope: &Arc<Envelope>) -> Result<(), Error> {
        let (place, n, time) =
            (whole(self.changes.next_place), whole(envelope.number()), whole(envelope.time().0));
        let bytes: &[u8] = envelope.bytes();
        // What is there already was written by a batch of which nobody knew whether it was.
        if self.tx.run(&APPEND, args![place, number, n, time, bytes])? > 0 {
            let place = self.changes.next_place;
            self.changes.next_place += 1;
            self.changes.added.push(Placed { place, envelope: Arc::clone(envelope) });
        }
        Ok(())
    }

    fn put_early(&mut self, envelope: &Envelope) -> Result<(), Error> {
        let number = self.number_for(envelope)?;
        let bytes: &[u8] = envelope.bytes();
        self.tx.run(&PUT_EARLY, args![number, whole(envelope.number()), bytes]).map(drop)
    }

    fn release(&mut self, stream: StreamId, range: &RangeInclusive<u64>) -> Result<(), Error> {
        let stream = self.number(stream)?;
        let (mut first, last) = (*range.start(), *range.end());
        while let Some(early) = self.first_early(stream, first, last)? {
            first = early.number() + 1;
            self.give_place(stream, &Arc::new(early))?;
        }
        let range = args![stream, whole(*range.start()), whole(last)];
        self.tx.run(&DROP_EARLY, range).map(drop)
    }

    /// One after the other, so that many early envelopes need not be in memory at once.
    fn first_early(&mut self, stream: i64, first: u64, last: u64) -> Result<Option<Envelope>, Error> {
        self.tx.one(&TAKE_EARLY, args![stream, whole(first), whole(last)], |row| envelope(row.blob_ref(1)?))
    }

    fn forget(&mut self, stream: StreamId) -> Result<(), Error> {
        let number = self.number(stream)?;
        self.changes.learned.remove(&stream);
        if streams::forget(self.tx, number)? {
            self.changes.dropped.push(stream);
        } else {
            self.changes.forgotten.insert(stream, number);
        }
        Ok(())
    }

    fn number_for(&mut self, envelope: &Envelope) -> Result<i64, Error> {
        let number = self.number(envelope.stream())?;
        if let Some(before) = envelope.predecessor() {
            streams::name_predecessor(self.tx, number, before)?;
        }
        Ok(number)
    }

    /// The row of a stream that is followed from now on, if it was not.
    fn number(&mut self, stream: StreamId) -> Result<i64, Error> {
        let known = self.changes.learned.get(&stream).copied();
        let known = known.or_else(|| {
            let is_gone =
                self.changes.dropped.contains(&stream) || self.changes.forgotten.contains_key(&stream);
            if is_gone { None } else { self.shared.index().followed(stream) }
        });
        if let Some(number) = known {
            return Ok(number);
        }
        let number = streams::have(self.tx, stream)?;
        self.changes.dropped.retain(|dropped| *dropped != stream);
        self.changes.forgotten.remove(&stream);
        self.changes.learned.insert(stream, number);
        Ok(number)
    }
}
