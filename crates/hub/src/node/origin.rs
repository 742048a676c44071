//! Whose messages these are: what one key may send, and what of it is remembered.

use super::bucket::Bucket;
use super::settings::Limits;
use crate::time::{Span, Time};
use std::collections::BTreeSet;

/// An origin has at most so many epochs. Beyond it the oldest is forgotten.
pub(super) const EPOCHS_MOST: usize = 64;

/// What is known of an origin.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    /// Nothing at or below this time is taken.
    pub(super) floor: Time,
    /// The webmaster has blocked it.
    pub(super) is_blocked: bool,
    /// Epochs of which something is here.
    pub(super) epochs: BTreeSet<u64>,
    /// The newest time of each is not kept; the newest of all is.
    pub(super) newest: Time,
    buckets: Option<[Bucket; 3]>,
}

impl Origin {
    /// From when on an envelope of so many bytes, signed at `at`, may be taken.
    pub(super) fn free_from(&mut self, limits: &Limits, at: Time, bytes: u64) -> Time {
        let [envelopes, rate, day] = self.buckets(limits);
        envelopes.free_from(at, 1).max(rate.free_from(at, bytes)).max(day.free_from(at, bytes))
    }

    /// Counts an envelope that was taken.
    pub(super) fn take(&mut self, limits: &Limits, at: Time, bytes: u64) {
        let [envelopes, rate, day] = self.buckets(limits);
        envelopes.take(at, 1);
        rate.take(at, bytes);
        day.take(at, bytes);
    }

    fn buckets(&mut self, limits: &Limits) -> &mut [Bucket; 3] {
        self.buckets.get_or_insert_with(|| {
            [
                Bucket::new(
                    limits.envelopes_per_second.into(),
                    Span::seconds(1),
                    limits.envelopes_burst.into(),
                ),
                Bucket::new(limits.bytes_per_second, Span::seconds(1), limits.bytes_burst),
                Bucket::new(limits.bytes_per_day, Span::days(1), limits.bytes_per_day),
            ]
        })
    }
}
