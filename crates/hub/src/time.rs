//! Time, as the hub counts it.

use std::ops::{Add, Sub};

/// A moment: microseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

/// A length of time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub u64);

impl Span {
    /// So many milliseconds.
    pub const fn milliseconds(count: u64) -> Span {
        Span(count * 1_000)
    }

    /// So many seconds.
    pub const fn seconds(count: u64) -> Span {
        Span(count * 1_000_000)
    }

    /// So many minutes.
    pub const fn minutes(count: u64) -> Span {
        Span::seconds(count * 60)
    }

    /// So many hours.
    pub const fn hours(count: u64) -> Span {
        Span::minutes(count * 60)
    }

    /// So many days of 24 hours.
    pub const fn days(count: u64) -> Span {
        Span::hours(count * 24)
    }
}

impl Time {
    /// How long after `earlier` this is; nothing if it is before.
    pub fn since(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Span> for Time {
    type Output = Time;

    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Time {
    type Output = Time;

    fn sub(self, span: Span) -> Time {
        Time(self.0.saturating_sub(span.0))
    }
}
