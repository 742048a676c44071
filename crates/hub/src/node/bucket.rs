//! How much of something was used, against what flows in: the generic cell rate algorithm (ITU-T I.371).

use crate::time::{Span, Time};

/// Allows so much a second on average, and so much at once.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    /// What one unit costs, in microseconds times [`SCALE`].
    cost: u128,
    /// What may be used ahead of time, in the same.
    ahead: u128,
    /// Up to here everything is used, in the same.
    used_to: u128,
}

/// So that one of many bytes a microsecond costs something as well.
const SCALE: u128 = 1 << 40;

impl Bucket {
    /// `units` in a `span`, and `burst` at once.
    pub(super) fn new(units: u64, span: Span, burst: u64) -> Bucket {
        let cost = u128::from(span.0) * SCALE / u128::from(units.max(1));
        Bucket { cost, ahead: u128::from(burst) * cost, used_to: 0 }
    }

    /// From when on so many units, used at `at`, may be had. Uses nothing.
    pub(super) fn free_from(&self, at: Time, units: u64) -> Time {
        let from = self.after(at, units).saturating_sub(self.ahead);
        Time(from.div_ceil(SCALE) as u64)
    }

    /// Uses so many units at `at`.
    pub(super) fn take(&mut self, at: Time, units: u64) {
        self.used_to = self.after(at, units);
    }

    /// The clock was set back by so much.
    pub(super) fn bring_forward(&mut self, back: Span) {
        self.used_to = self.used_to.saturating_sub(u128::from(back.0) * SCALE);
    }

    fn after(&self, at: Time, units: u64) -> u128 {
        self.used_to.max(u128::from(at.0) * SCALE) + u128::from(units) * self.cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_had_at_once_and_the_rest_at_the_rate() {
        let mut bucket = Bucket::new(200, Span::seconds(1), 2_000);
        let at = Time(1_000_000_000);
        for _ in 0..2_000 {
            assert!(bucket.free_from(at, 1) <= at);
            bucket.take(at, 1);
        }
        assert_eq!(bucket.free_from(at, 1), at + Span::milliseconds(5));
        let later = at + Span::seconds(1);
        for _ in 0..200 {
            assert!(bucket.free_from(later, 1) <= later);
            bucket.take(later, 1);
        }
        assert!(bucket.free_from(later, 1) > later);
    }

    #[test]
    fn a_byte_costs_something() {
        let mut bucket = Bucket::new(512 * 1024 * 1024, Span::days(1), 512 * 1024 * 1024);
        let at = Time(1_000_000_000_000);
        for _ in 0..512 * 1024 {
            bucket.take(at, 1024);
        }
        assert!(bucket.free_from(at, 1024) > at);
    }
}
