//! How fast a link is read.

use crate::time::{Span, Time};

/// How fast a link is read: so many bytes a second, and a second's worth at once. Above that it is read more slowly,
/// which its sender feels; nothing is dropped.
#[derive(Debug)]
pub(super) struct Pace {
    bytes_per_second: u64,
    /// When all that was read so far would have been read at this pace.
    level: Time,
    /// When something was read last.
    last: Time,
}

impl Pace {
    pub(super) fn new(bytes_per_second: u64) -> Pace {
        Pace { bytes_per_second: bytes_per_second.max(1), level: Time(0), last: Time(0) }
    }

    /// So many bytes were read; how long to wait before the next.
    pub(super) fn spend(&mut self, now: Time, bytes: usize) -> Span {
        let takes = (bytes as u128 * 1_000_000).div_ceil(u128::from(self.bytes_per_second));
        let takes = Span(u64::try_from(takes).unwrap_or(u64::MAX));
        // A clock that was set back takes the level with it.
        self.level = self.level - self.last.since(now);
        self.last = now;
        self.level = self.level.max(now - Span::seconds(1)) + takes;
        self.level.since(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_is_read_at_once_and_then_as_fast_as_it_may_be() {
        let mut pace = Pace::new(1000);
        let start = Time(9_000_000);
        assert_eq!(pace.spend(start, 1000), Span(0));
        assert_eq!(pace.spend(start, 500), Span::milliseconds(500));
        assert_eq!(pace.spend(start + Span::milliseconds(500), 100), Span::milliseconds(100));
        // Who was quiet for long has no more than a second in hand.
        assert_eq!(pace.spend(start + Span::hours(1), 1500), Span::milliseconds(500));
    }

    /// Every link stood still until the clock had come back to where it was.
    #[test]
    fn a_clock_that_was_set_back_costs_nothing() {
        let mut pace = Pace::new(1000);
        let start = Time(9_000_000_000);
        pace.spend(start, 1000);
        assert_eq!(pace.spend(start - Span::hours(1), 1), Span::milliseconds(1));
        assert_eq!(pace.spend(start - Span::hours(1) + Span::milliseconds(1), 1), Span::milliseconds(1));
    }
}
