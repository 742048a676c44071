//! The log of a hub, as far as a story needs it: what was applied is on it, whatever happens to the hub.

use hub::{
    Batch, Envelope, PublicKey, Ranges, Restored, RestoredNeighbour, RestoredOrigin, RestoredStream, Step,
    StreamId, Time,
};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A disk. Cheap to copy: a copy is a backup.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// What applications see, in this order.
    pub shown: Vec<Arc<Envelope>>,
    envelopes: BTreeMap<(StreamId, u64), Arc<Envelope>>,
    early: BTreeMap<(StreamId, u64), Arc<Envelope>>,
    settled: BTreeMap<StreamId, Ranges>,
    forked: BTreeMap<StreamId, bool>,
    forgotten: BTreeMap<StreamId, bool>,
    floors: BTreeMap<PublicKey, Time>,
    blocked: BTreeMap<PublicKey, bool>,
    /// What is kept of neighbours.
    pub neighbours: BTreeMap<PublicKey, RestoredNeighbour>,
}

impl Disk {
    /// Applies a batch, whole.
    pub fn apply(&mut self, batch: &Batch) {
        for step in &batch.steps {
            match step {
                Step::Append(envelope) => self.show(envelope.clone()),
                Step::Early(envelope) => {
                    self.early.insert((envelope.stream(), envelope.number()), envelope.clone());
                }
                Step::Release { stream, range } => self.release(*stream, range.clone()),
                Step::Settle { stream, range } => {
                    self.settled.entry(*stream).or_default().insert(range.clone());
                }
                Step::Forked(stream) => drop(self.forked.insert(*stream, true)),
                Step::Forget(stream) => drop(self.forgotten.insert(*stream, true)),
                Step::Floor { origin, floor } => drop(self.floors.insert(*origin, *floor)),
                Step::Block(key) => drop(self.blocked.insert(*key, true)),
            }
        }
    }

    fn show(&mut self, envelope: Arc<Envelope>) {
        self.envelopes.insert((envelope.stream(), envelope.number()), envelope.clone());
        self.shown.push(envelope);
    }

    fn release(&mut self, stream: StreamId, range: RangeInclusive<u64>) {
        let keys: Vec<_> = self
            .early
            .range((stream, *range.start())..=(stream, *range.end()))
            .map(|(key, _)| *key)
            .collect();
        for key in keys {
            if let Some(envelope) = self.early.remove(&key) {
                self.show(envelope);
            }
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

    /// Lets go of the oldest `count` envelopes. Gives the streams, and up to which number.
    pub fn trim(&mut self, count: usize) -> BTreeMap<StreamId, u64> {
        let mut trimmed = BTreeMap::new();
        let oldest: Vec<_> =
            self.shown.iter().take(count).map(|envelope| (envelope.stream(), envelope.number())).collect();
        for (stream, number) in oldest {
            self.envelopes.remove(&(stream, number));
            self.settled.entry(stream).or_default().insert(1..=number);
            trimmed.insert(stream, number);
        }
        trimmed
    }

    /// What a node that starts finds.
    pub fn restore(&self) -> Restored {
        let mut streams: BTreeMap<StreamId, RestoredStream> = BTreeMap::new();
        let shown: BTreeMap<_, _> =
            self.shown.iter().map(|envelope| ((envelope.stream(), envelope.number()), envelope)).collect();
        let all = shown.iter().map(|(key, envelope)| (*key, *envelope, true));
        let early = self.early.iter().map(|(key, envelope)| (*key, envelope, false));
        for ((id, number), envelope, is_shown) in all.chain(early) {
            let stream = streams.entry(id).or_insert_with(|| empty(id));
            stream.held.insert(number..=number);
            stream.predecessor = stream.predecessor.or(envelope.predecessor());
            stream.forked = self.forked.contains_key(&id);
            if is_shown && number > stream.delivered {
                stream.delivered = number;
                stream.last = Some((number, *envelope.hash(), envelope.time()));
            }
        }
        for (id, settled) in &self.settled {
            streams.entry(*id).or_insert_with(|| empty(*id)).held.insert_all(settled);
        }
        streams.retain(|id, _| !self.forgotten.contains_key(id));
        let keys = self.floors.keys().chain(self.blocked.keys());
        let origin = |key: &PublicKey| RestoredOrigin {
            key: *key,
            floor: self.floors.get(key).copied().unwrap_or_default(),
            blocked: self.blocked.contains_key(key),
        };
        Restored {
            streams: streams.into_values().collect(),
            origins: keys.map(origin).collect(),
            neighbours: self.neighbours.values().cloned().collect(),
        }
    }
}

fn empty(id: StreamId) -> RestoredStream {
    RestoredStream { id, held: Ranges::new(), delivered: 0, last: None, predecessor: None, forked: false }
}
