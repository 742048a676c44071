//! How long, and how much, the log keeps; and what it lets go first.

use super::index::Index;
use crate::envelope::StreamId;
use crate::key::PublicKey;
use crate::time::{Span, Time};
use std::collections::HashMap;

/// Whatever the settings say, nothing younger is let go: a neighbour may be away for two days.
pub(crate) const AGE_LEAST: Span = Span::hours(48);

/// How long, and how much, the log keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Older envelopes are let go. At least 48 hours count.
    pub age: Span,
    /// Above so many bytes the origin that holds most loses its oldest first.
    pub bytes: u64,
}

impl Default for Retention {
    fn default() -> Retention {
        Retention { age: Span::days(7), bytes: 2 * 1024 * 1024 * 1024 }
    }
}

/// What is to be let go of one stream, its oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) stream: StreamId,
    pub(super) number: i64,
    /// Nothing younger.
    pub(super) before: Time,
    /// Enough when so many bytes are gone.
    pub(super) bytes: u64,
}

impl Retention {
    /// The next cut, if something is too old or too much.
    pub(super) fn next_cut(&self, index: &Index, now: Time) -> Option<Cut> {
        self.too_old(index, now).or_else(|| self.too_much(index, now))
    }

    fn too_old(&self, index: &Index, now: Time) -> Option<Cut> {
        up_to(index, now - self.age.max(AGE_LEAST))
    }

    fn too_much(&self, index: &Index, now: Time) -> Option<Cut> {
        let before = now - AGE_LEAST;
        let total: u64 = index.streams().map(|(_, kept)| kept.bytes).sum();
        let bytes = total.checked_sub(self.bytes).filter(|bytes| *bytes > 0)?;
        let mut origins: HashMap<PublicKey, Heap> = HashMap::new();
        for (stream, kept) in index.streams() {
            let heap = origins.entry(stream.origin).or_default();
            heap.bytes += kept.bytes;
            if let Some(oldest) = kept.oldest.filter(|oldest| *oldest <= before) {
                heap.oldest = heap.oldest.into_iter().chain([(oldest, stream, kept.number)]).min();
            }
        }
        let heaps = origins.into_values().filter_map(|heap| Some((heap.bytes, heap.oldest?)));
        let (_, (_, stream, number)) = heaps.max()?;
        Some(Cut { stream, number, before, bytes })
    }
}

/// The next cut of what was signed up to a time.
pub(super) fn up_to(index: &Index, before: Time) -> Option<Cut> {
    let mut old = index.streams().filter(|(_, kept)| kept.oldest.is_some_and(|oldest| oldest <= before));
    old.next().map(|(stream, kept)| Cut { stream, number: kept.number, before, bytes: u64::MAX })
}

/// What one origin holds, and its stream with the oldest envelope that may go.
#[derive(Default)]
struct Heap {
    bytes: u64,
    oldest: Option<(Time, StreamId, i64)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::index::Kept;

    const DAY: u64 = 86_400_000_000;

    fn stream(origin: u8, epoch: u64) -> StreamId {
        StreamId { origin: PublicKey::trusted([origin; 32]), epoch }
    }

    fn index(streams: &[(u8, u64, u64, u64)]) -> Index {
        let kept = streams.iter().enumerate().map(|(number, (origin, epoch, bytes, oldest))| {
            let oldest = Some(Time(oldest * DAY));
            let kept = Kept { envelopes: 1, bytes: *bytes, oldest, ..Kept::new(number as i64) };
            (stream(*origin, *epoch), kept)
        });
        Index::new(kept.collect(), 1)
    }

    fn cut(retention: Retention, streams: &[(u8, u64, u64, u64)], day: u64) -> Option<StreamId> {
        retention.next_cut(&index(streams), Time(day * DAY)).map(|cut| cut.stream)
    }

    #[test]
    fn what_is_older_than_the_retention_goes() {
        let week = Retention::default();
        assert_eq!(cut(week, &[(1, 1, 10, 3), (2, 1, 10, 2)], 9), Some(stream(2, 1)));
        assert_eq!(cut(week, &[(1, 1, 10, 3), (2, 1, 10, 3)], 9), None);
    }

    #[test]
    fn two_days_are_kept_whatever_the_settings_say() {
        let nothing = Retention { age: Span(0), bytes: 0 };
        assert_eq!(cut(nothing, &[(1, 1, 10, 8)], 9), None);
        assert_eq!(cut(nothing, &[(1, 1, 10, 7)], 9), Some(stream(1, 1)));
    }

    #[test]
    fn the_origin_that_holds_most_loses_its_oldest_first() {
        let small = Retention { bytes: 100, ..Retention::default() };
        let streams = [(1, 1, 90, 4), (2, 1, 50, 6), (2, 2, 50, 5), (3, 1, 500, 8)];
        // The third holds even more, but all of it is too young to go.
        assert_eq!(cut(small, &streams, 9), Some(stream(2, 2)));
        assert_eq!(cut(small, &[(1, 1, 100, 4)], 9), None);
    }
}
