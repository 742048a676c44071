//! What is on its way from the publisher to the consumer, and how long it took.

use super::message;
use crate::load::Latency;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many messages may be between publisher and consumer: nobody's figure is that of a queue that only grows.
const UNDER_WAY_MOST: u64 = 20_000;

/// How long a publisher waits before it looks again whether there is room.
pub(crate) const BREATHER: Duration = Duration::from_micros(500);

/// Publisher and consumer share it.
pub(crate) struct Meter {
    published: AtomicU64,
    received: AtomicU64,
    is_over: AtomicBool,
    latency: Mutex<Latency>,
    under_way_most: u64,
}

impl Meter {
    pub(crate) fn new() -> Meter {
        Meter {
            published: AtomicU64::new(0),
            received: AtomicU64::new(0),
            is_over: AtomicBool::new(false),
            latency: Mutex::new(Latency::new()),
            under_way_most: UNDER_WAY_MOST,
        }
    }

    /// Asks for room for so many more messages. They count as published: who gets no answer fails the run.
    pub(crate) fn may_publish(&self, count: u64) -> bool {
        let under_way = self.published() - self.received().min(self.published());
        let fits = under_way + count <= self.under_way_most;
        if fits {
            self.published.fetch_add(count, Ordering::Relaxed);
        }
        fits
    }

    pub(crate) fn published(&self) -> u64 {
        self.published.load(Ordering::Relaxed)
    }

    pub(crate) fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// A message has come; its first bytes say when it left.
    pub(crate) fn receive(&self, data: &[u8]) {
        let took = message::age(data);
        self.received.fetch_add(1, Ordering::Relaxed);
        if let Some(took) = took {
            self.latency.lock().unwrap_or_else(PoisonError::into_inner).count(took);
        }
    }

    /// Milliseconds that this share of the messages since the last call of `forget` did not exceed.
    pub(crate) fn milliseconds(&self, share: f64) -> f64 {
        self.latency.lock().unwrap_or_else(PoisonError::into_inner).milliseconds(share)
    }

    /// Forgets latencies of before.
    pub(crate) fn forget(&self) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = Latency::new();
    }

    /// Begins anew: nothing was published.
    pub(crate) fn reset(&self) {
        self.published.store(0, Ordering::Relaxed);
        self.received.store(0, Ordering::Relaxed);
        self.forget();
    }

    /// No more is to be published.
    pub(crate) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// Something else will be published.
    pub(crate) fn begin(&self) {
        self.is_over.store(false, Ordering::Relaxed);
    }

    pub(crate) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Waits until everything that was published has come; `false` if it does not.
    pub(crate) fn all_came(&self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        while self.received() < self.published() && Instant::now() < end {
            std::thread::sleep(BREATHER);
        }
        self.received() >= self.published()
    }
}
