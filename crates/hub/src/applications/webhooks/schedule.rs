//! When a delivery is tried again, and when no more: a pure function of what came of the last one.

use crate::time::{Span, Time};

/// Nobody can ask for more than a day of silence.
const RETRY_AFTER_MOST: Span = Span::hours(24);

/// What came of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Delivered,
    /// It was not. The receiver may have said how long to wait.
    Failed {
        /// `Retry-After`.
        retry_after: Option<Span>,
    },
    /// The receiver wants no more, for ever (410).
    Gone,
}

/// How a webhook stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retry {
    /// Attempts of the schedule that were begun for the present delivery.
    pub attempts: u32,
    /// Nothing is sent before.
    pub due: Time,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Go on, when it is due.
    Go(Retry),
    /// All attempts have failed: no more until a new handshake.
    Deactivated,
    /// As the receiver wants it: no more until a new handshake.
    Gone,
}

impl Retry {
    /// What follows from an outcome. `rate`: the requests a minute that the receiver allows; `chance`: any number.
    pub fn after(
        self,
        outcome: Outcome,
        now: Time,
        schedule: &[u64],
        rate: Option<u32>,
        chance: u32,
    ) -> Next {
        let spaced =
            now + rate.map_or(Span(0), |rate| Span(Span::minutes(1).0.div_ceil(u64::from(rate.max(1)))));
        let retry_after = match outcome {
            Outcome::Delivered => return Next::Go(Retry { attempts: 0, due: spaced }),
            Outcome::Gone => return Next::Gone,
            Outcome::Failed { retry_after } => retry_after.unwrap_or_default().min(RETRY_AFTER_MOST),
        };
        let Some(seconds) = schedule.get(self.attempts as usize) else { return Next::Deactivated };
        let wait = jittered(Span::seconds(*seconds), chance);
        Next::Go(Retry { attempts: self.attempts + 1, due: (now + wait.max(retry_after)).max(spaced) })
    }
}

/// A span, 20 % longer or shorter: those who failed together do not come back together.
fn jittered(span: Span, chance: u32) -> Span {
    let fifth = span.0 / 5;
    let share = (u128::from(2 * fifth) * u128::from(chance)) >> u32::BITS;
    Span(span.0 - fifth + share as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: [u64; 10] = [5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800];
    const MIDDLE: u32 = u32::MAX / 2 + 1;
    const FAILED: Outcome = Outcome::Failed { retry_after: None };

    fn go(next: Next) -> Retry {
        let Next::Go(retry) = next else { panic!("{next:?}") };
        retry
    }

    #[test]
    fn all_ten_attempts_come_at_their_time_and_then_no_more() {
        let (mut retry, mut now) = (Retry::default(), Time(1_000_000));
        for (made, seconds) in (1..).zip(SCHEDULE) {
            let next = go(retry.after(FAILED, now, &SCHEDULE, None, MIDDLE));
            assert_eq!((next.attempts, next.due), (made, now + Span::seconds(seconds)));
            (retry, now) = (next, next.due);
        }
        // 23 h 42 min 35 s after the first failure.
        assert_eq!(now.since(Time(1_000_000)), Span::seconds(85_355));
        assert_eq!(retry.after(FAILED, now, &SCHEDULE, None, MIDDLE), Next::Deactivated);
    }

    #[test]
    fn only_a_delivery_clears_the_counter() {
        let tired = Retry { attempts: 9, due: Time(0) };
        let now = Time(5);
        assert_eq!(
            go(tired.after(Outcome::Delivered, now, &SCHEDULE, None, 0)),
            Retry { attempts: 0, due: now }
        );
        assert_eq!(go(tired.after(FAILED, now, &SCHEDULE, None, 0)).attempts, 10);
    }

    #[test]
    fn a_wait_is_a_fifth_shorter_or_longer_at_most() {
        for (chance, micros) in [(0, 24_000_000), (MIDDLE, 30_000_000), (u32::MAX, 35_999_999)] {
            let retry = Retry { attempts: 1, due: Time(0) };
            let next = go(retry.after(FAILED, Time(0), &SCHEDULE, None, chance));
            assert_eq!(next.due, Time(micros));
        }
    }

    #[test]
    fn retry_after_is_obeyed_when_it_is_longer() {
        for (said, waited) in [(1, 5), (60, 60), (1_000_000, 86_400)] {
            let outcome = Outcome::Failed { retry_after: Some(Span::seconds(said)) };
            let next = go(Retry::default().after(outcome, Time(0), &SCHEDULE, None, MIDDLE));
            assert_eq!(next.due, Time(0) + Span::seconds(waited));
        }
    }

    #[test]
    fn whoever_is_gone_gets_no_more() {
        assert_eq!(Retry::default().after(Outcome::Gone, Time(0), &SCHEDULE, None, 0), Next::Gone);
    }

    #[test]
    fn requests_come_no_faster_than_the_receiver_allows() {
        for (rate, micros) in [(120, 500_000), (7, 8_571_429), (1, 60_000_000)] {
            let next = go(Retry::default().after(Outcome::Delivered, Time(0), &SCHEDULE, Some(rate), 0));
            assert_eq!(next.due, Time(micros));
        }
        let slow = go(Retry::default().after(FAILED, Time(0), &SCHEDULE, Some(1), 0));
        assert_eq!(slow.due, Time(0) + Span::minutes(1));
    }
}
