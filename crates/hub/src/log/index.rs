//! What of the log is kept in memory.

use crate::envelope::StreamId;
use crate::time::Time;
use std::collections::{HashMap, HashSet};

/// What of the log is kept in memory. Only jobs on the writer's thread change it, after their commit.
#[derive(Debug)]
pub(super) struct Index {
    streams: HashMap<StreamId, Kept>,
    /// The place of the next envelope that applications may see.
    pub(super) next_place: u64,
    /// False after a failure: what the file holds must be looked at again.
    pub(super) is_sure: bool,
    /// Places below are not yet in the weights.
    pub(super) weighed_from: u64,
}

/// Envelopes and their bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    pub(super) envelopes: u64,
    pub(super) bytes: u64,
}

/// A stream, as far as it is kept in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// Its row in `streams`.
    pub(super) number: i64,
    /// All its envelopes.
    pub(super) envelopes: u64,
    /// All bytes of these.
    pub(super) bytes: u64,
    /// When the oldest of them was signed.
    pub(super) oldest: Option<Time>,
    /// Its envelopes are there until they are let go, and nothing else is known of it.
    pub(super) is_forgotten: bool,
}

impl Kept {
    /// Of which nothing is known but its row.
    pub(super) fn new(number: i64) -> Kept {
        Kept { number, envelopes: 0, bytes: 0, oldest: None, is_forgotten: false }
    }
}

/// How much is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Origins of which something is kept.
    pub origins: u64,
    /// Envelopes that applications may see.
    pub envelopes: u64,
    /// Bytes of these.
    pub bytes: u64,
}

impl Index {
    pub(super) fn new(streams: HashMap<StreamId, Kept>, next_place: u64) -> Index {
        Index { streams, next_place, is_sure: true, weighed_from: next_place }
    }

    pub(super) fn number(&self, stream: StreamId) -> Option<i64> {
        Some(self.streams.get(&stream)?.number)
    }

    /// The number of a stream that is not forgotten.
    pub(super) fn followed(&self, stream: StreamId) -> Option<i64> {
        self.streams.get(&stream).filter(|kept| !kept.is_forgotten).map(|kept| kept.number)
    }

    pub(super) fn streams(&self) -> impl Iterator<Item = (StreamId, Kept)> + '_ {
        self.streams.iter().map(|(stream, kept)| (*stream, *kept))
    }

    /// A stream has a row now.
    pub(super) fn learn(&mut self, stream: StreamId, number: i64) {
        let kept = self.streams.entry(stream).or_insert(Kept::new(number));
        (kept.number, kept.is_forgotten) = (number, false);
    }

    /// A stream is forgotten, and its envelopes are still there.
    pub(super) fn leave(&mut self, stream: StreamId, number: i64) {
        self.streams.entry(stream).or_insert(Kept::new(number)).is_forgotten = true;
    }

    /// A stream has no row any more.
    pub(super) fn forget(&mut self, stream: StreamId) {
        self.streams.remove(&stream);
    }

    /// An envelope was added.
    pub(super) fn add(&mut self, stream: StreamId, bytes: u64, time: Time) {
        if let Some(kept) = self.streams.get_mut(&stream) {
            kept.envelopes += 1;
            kept.bytes += bytes;
            kept.oldest.get_or_insert(time);
        }
    }

    /// The oldest envelopes were let go.
    pub(super) fn remove(&mut self, stream: StreamId, weight: Weight, oldest: Option<Time>) {
        if let Some(kept) = self.streams.get_mut(&stream) {
            kept.envelopes = kept.envelopes.saturating_sub(weight.envelopes);
            kept.bytes = kept.bytes.saturating_sub(weight.bytes);
            kept.oldest = oldest;
        }
    }

    /// What was there at the start, and was found by looking through it. Whoever looked second at the same time has
    /// found the same again.
    pub(super) fn weigh(&mut self, weights: &HashMap<i64, Weight>) {
        if std::mem::replace(&mut self.weighed_from, 1) <= 1 {
            return;
        }
        for kept in self.streams.values_mut() {
            let more = weights.get(&kept.number).copied().unwrap_or_default();
            kept.envelopes += more.envelopes;
            kept.bytes += more.bytes;
        }
    }

    /// How much is kept, once it was weighed.
    pub(super) fn size(&self) -> Size {
        let origins: HashSet<_> = self.streams.keys().map(|stream| stream.origin).collect();
        let kept = self.streams.values();
        let (envelopes, bytes) = kept.fold((0, 0), |sum, kept| (sum.0 + kept.envelopes, sum.1 + kept.bytes));
        Size { origins: origins.len() as u64, envelopes, bytes }
    }
}
