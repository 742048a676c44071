//! When a read has to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// When the read that is under way on one reader has to end. Shared by the reader and whoever interrupts it.
#[derive(Clone)]
pub(crate) struct Deadline(Arc<Inner>);

struct Inner {
    start: Instant,
    limit: Duration,
    /// Microseconds after `start`; the greatest number when nothing is under way.
    end: AtomicU64,
}

impl Deadline {
    #[allow(
        clippy::disallowed_methods,
        reason = "the edge that measures how long a read runs; no answer depends on it"
    )]
    pub(crate) fn new(limit: Duration) -> Deadline {
        Deadline(Arc::new(Inner { start: Instant::now(), limit, end: AtomicU64::new(u64::MAX) }))
    }

    /// A read begins.
    pub(crate) fn begin(&self) {
        let end = (self.0.start.elapsed() + self.0.limit).as_micros();
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        self.0.end.store(end, Ordering::Relaxed);
    }

    /// The read has ended.
    pub(crate) fn lift(&self) {
        self.0.end.store(u64::MAX, Ordering::Relaxed);
    }

    pub(crate) fn is_over(&self) -> bool {
        let end = self.0.end.load(Ordering::Relaxed);
        end != u64::MAX && self.0.start.elapsed().as_micros() >= u128::from(end)
    }
}
