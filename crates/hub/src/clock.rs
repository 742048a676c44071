//! The only place of the hub that asks the system for the time.

use crate::time::{Span, Time};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// Tells the time. Everything else gets it handed in.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Time;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the front door of time")]
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Time(since.as_micros() as u64)
    }
}

/// A clock that is set by hand: for tests and stories.
#[derive(Debug)]
pub struct SetClock(AtomicU64);

impl SetClock {
    /// Stands at `now` until it is moved.
    pub fn at(now: Time) -> SetClock {
        SetClock(AtomicU64::new(now.0))
    }

    /// Moves it.
    pub fn advance(&self, by: Span) {
        self.0.fetch_add(by.0, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}
