//! The log of a hub, as far as a story needs it: what was applied is on it, whatever happens to the hub. It gives back
//! what the real one does (`tests/disk.rs`).

use hub::{
    Batch, Clones, Envelope, Hash, Predecessor, PublicKey, Ranges, Restored, RestoredNeighbour,
    RestoredOrigin, RestoredStream, Step, StreamId, Time,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A disk. Cheap to copy: a copy is a backup.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// What applications have seen, in this order. The log itself keeps less: it lets go.
    pub shown: Vec<Arc<Envelope>>,
    envelopes: BTreeMap<(StreamId, u64), Arc<Envelope>>,
    early: BTreeMap<(StreamId, u64), Arc<Envelope>>,
    streams: BTreeMap<StreamId, Row>,
    origins: BTreeMap<PublicKey, RestoredOrigin>,
    /// What is kept of neighbours.
    pub neighbours: BTreeMap<PublicKey, RestoredNeighbour>,
    clones: Clones,
}

/// What is kept of a stream beside its envelopes.
#[derive(Clone, Debug, Default)]
struct Row {
    predecessor: Option<Predecessor>,
    forked: bool,
    forgotten: bool,
    /// The last envelope that was let go.
    base: Option<(u64, Hash, Time)>,
    settled: Ranges,
}

impl Disk {
    /// Applies a batch, whole.
    pub fn apply(&mut self, batch: &Batch) {
        batch.steps.iter().for_each(|step| self.step(step));
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Append(envelope) => {
                self.row_for(envelope);
                self.show(envelope.clone());
            }
            Step::Early(envelope) => {
                self.row_for(envelope);
                self.early.insert((envelope.stream(), envelope.number()), envelope.clone());
            }
            Step::Release { stream, range } => self.release(*stream, range.clone()),
            Step::Settle { stream, range } => drop(self.row(*stream).settled.insert(range.clone())),
            Step::Forked { stream, .. } => self.row(*stream).forked = true,
            Step::Forget(stream) => self.forget(*stream),
            Step::Floor { origin, floor } => {
                let origin = self.origin(*origin);
                origin.floor = origin.floor.max(*floor);
            }
            Step::Block(key) => self.origin(*key).blocked = true,
            Step::Unblock(key) => self.origin(*key).blocked = false,
            Step::Clones(known) => self.clones = *known,
        }
    }

    /// Whoever writes something of a stream remembers it again.
    fn row(&mut self, stream: StreamId) -> &mut Row {
        let row = self.streams.entry(stream).or_default();
        row.forgotten = false;
        row
    }

    fn row_for(&mut self, envelope: &Envelope) {
        let row = self.row(envelope.stream());
        row.predecessor = envelope.predecessor().or(row.predecessor);
    }

    fn origin(&mut self, key: PublicKey) -> &mut RestoredOrigin {
        self.origins.entry(key).or_insert(RestoredOrigin { key, floor: Time(0), blocked: false })
    }

    fn show(&mut self, envelope: Arc<Envelope>) {
        let key = (envelope.stream(), envelope.number());
        if self.envelopes.insert(key, envelope.clone()).is_none() {
            self.shown.push(envelope);
        }
    }

    fn release(&mut self, stream: StreamId, range: RangeInclusive<u64>) {
        self.row(stream);
        for key in keys(&self.early, stream, range) {
            self.early.remove(&key).into_iter().for_each(|envelope| self.show(envelope));
        }
    }

    /// Its envelopes stay until they are let go, and its row with them.
    fn forget(&mut self, stream: StreamId) {
        let row = self.row(stream);
        (row.forgotten, row.settled) = (true, Ranges::new());
        keys(&self.early, stream, 0..=u64::MAX).iter().for_each(|key| drop(self.early.remove(key)));
        self.drop_if_empty(stream);
    }

    fn drop_if_empty(&mut self, stream: StreamId) {
        let is_forgotten = self.streams.get(&stream).is_some_and(|row| row.forgotten);
        if is_forgotten && keys(&self.envelopes, stream, 0..=u64::MAX).is_empty() {
            self.streams.remove(&stream);
        }
    }

    /// What there is of a range, up to so many bytes.
    pub fn fetch(
        &self,
        stream: StreamId,
        range: RangeInclusive<u64>,
        bytes: usize,
    ) -> (RangeInclusive<u64>, Vec<Arc<Envelope>>) {
        let (first, last) = range.into_inner();
        let mut all = BTreeMap::new();
        for map in [&self.envelopes, &self.early] {
            let found = map.range((stream, first)..=(stream, last));
            all.extend(found.map(|((_, number), envelope)| (*number, envelope.clone())));
        }
        let (mut found, mut size) = (Vec::new(), 0);
        for (number, envelope) in all {
            size += envelope.bytes().len();
            if size > bytes && !found.is_empty() {
                return (first..=number - 1, found);
            }
            found.push(envelope);
        }
        (first..=last, found)
    }

    /// Lets go of what was signed before a time, of each stream its oldest first. Gives the streams, and up to which
    /// number.
    pub fn trim(&mut self, before: Time) -> BTreeMap<StreamId, u64> {
        let mut trimmed = BTreeMap::new();
        let streams: Vec<StreamId> = self.streams.keys().copied().collect();
        for stream in streams {
            let all = keys(&self.envelopes, stream, 0..=u64::MAX);
            let old = all.into_iter().take_while(|key| self.envelopes[key].time() < before);
            for key in old.collect::<Vec<_>>() {
                self.let_go(key);
                trimmed.insert(stream, key.1);
            }
        }
        trimmed
    }

    fn let_go(&mut self, key: (StreamId, u64)) {
        let Some(gone) = self.envelopes.remove(&key) else { return };
        if let Some(row) = self.streams.get_mut(&key.0) {
            row.base = Some((key.1, *gone.hash(), gone.time()));
        }
        self.drop_if_empty(key.0);
    }

    /// What a node that starts finds.
    pub fn restore(&self) -> Restored {
        let streams = self.streams.iter().filter(|(_, row)| !row.forgotten);
        Restored {
            streams: streams.map(|(id, row)| self.stream(*id, row)).collect(),
            origins: self.origins.values().copied().collect(),
            neighbours: self.neighbours.values().cloned().collect(),
            upstreams: BTreeSet::new(),
            clones: self.clones,
        }
    }

    fn stream(&self, id: StreamId, row: &Row) -> RestoredStream {
        let newest = self.envelopes.range((id, 0)..=(id, u64::MAX)).next_back();
        let newest = newest.map(|((_, number), envelope)| (*number, *envelope.hash(), envelope.time()));
        let last = newest.or(row.base);
        let mut held = Ranges::up_to(last.map_or(0, |(number, ..)| number));
        held.insert_all(&row.settled);
        let delivered = held.settled();
        for (_, number) in keys(&self.early, id, 0..=u64::MAX) {
            held.insert(number..=number);
        }
        let trimmed = row.base.map_or(0, |(number, ..)| number);
        let mut absent = row.settled.clone();
        absent.remove(1..=trimmed);
        let early = self.early.range((id, 0)..=(id, u64::MAX)).next();
        RestoredStream {
            early: early.map(|((_, number), found)| (*number, *found.previous(), found.time())),
            id,
            held,
            delivered,
            trimmed,
            absent,
            last,
            predecessor: row.predecessor,
            forked: row.forked,
        }
    }
}

fn keys(
    map: &BTreeMap<(StreamId, u64), Arc<Envelope>>,
    stream: StreamId,
    range: RangeInclusive<u64>,
) -> Vec<(StreamId, u64)> {
    map.range((stream, *range.start())..=(stream, *range.end())).map(|(key, _)| *key).collect()
}
