//! What of the log is kept in memory.

use crate::envelope::StreamId;
use crate::time::Time;
use std::collections::HashMap;

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

/// A stream, as far as it is kept in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// Its row in `streams`.
    pub(super) number: i64,
    /// All bytes of its envelopes.
    pub(super) bytes: u64,
    /// When the oldest of them was signed.
    pub(super) oldest: Option<Time>,
}

impl Index {
    pub(super) fn new(streams: HashMap<StreamId, Kept>, next_place: u64) -> Index {
        Index { streams, next_place, is_sure: true, weighed_from: next_place }
    }

    pub(super) fn number(&self, stream: StreamId) -> Option<i64> {
        Some(self.streams.get(&stream)?.number)
    }

    pub(super) fn streams(&self) -> impl Iterator<Item = (StreamId, Kept)> + '_ {
        self.streams.iter().map(|(stream, kept)| (*stream, *kept))
    }

    /// A stream has a row now.
    pub(super) fn learn(&mut self, stream: StreamId, number: i64) {
        let new = Kept { number, bytes: 0, oldest: None };
        self.streams.entry(stream).or_insert(new).number = number;
    }

    /// A stream has no row any more.
    pub(super) fn forget(&mut self, stream: StreamId) {
        self.streams.remove(&stream);
    }

    /// An envelope was added.
    pub(super) fn add(&mut self, stream: StreamId, bytes: u64, time: Time) {
        if let Some(kept) = self.streams.get_mut(&stream) {
            kept.bytes += bytes;
            kept.oldest.get_or_insert(time);
        }
    }

    /// The oldest envelopes were let go.
    pub(super) fn remove(&mut self, stream: StreamId, bytes: u64, oldest: Option<Time>) {
        if let Some(kept) = self.streams.get_mut(&stream) {
            kept.bytes = kept.bytes.saturating_sub(bytes);
            kept.oldest = oldest;
        }
    }

    /// Bytes that were there at the start, and were found by looking through them.
    pub(super) fn weigh(&mut self, bytes: &HashMap<i64, u64>) {
        for kept in self.streams.values_mut() {
            kept.bytes += bytes.get(&kept.number).copied().unwrap_or(0);
        }
    }
}
