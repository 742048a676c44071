//! When an upstream is dialled again.

use crate::time::Span;

/// The first wait, and the longest that it grows to.
const FIRST: Span = Span::seconds(1);
const LONGEST: Span = Span::seconds(60);

/// A link that stayed so long was a good one, even if nothing came.
const STAYED: Span = Span::seconds(30);

/// An upstream may ask for patience, but not for ever: it may be mistaken.
const PATIENCE: Span = Span::hours(1);

/// When an upstream is dialled again: after a second, then twice as long each time, up to a minute; for ever.
#[derive(Debug, Default)]
pub(super) struct Redial {
    failures: u32,
}

impl Redial {
    /// A link has ended.
    pub(super) fn after_link(&mut self, stayed: Span, has_progressed: bool) {
        if stayed >= STAYED || has_progressed {
            self.failures = 0;
        }
    }

    /// The other side wants to be asked again, and has said when: a webmaster decides there.
    pub(super) fn after_asking(&mut self) {
        self.failures = 0;
    }

    /// How long to wait: between half of the time that has grown and all of it, so that not all come at once, and not
    /// before the other side wants it. `chance`: any number.
    pub(super) fn wait(&mut self, chance: u64, retry_after_seconds: u32) -> Span {
        let grown = FIRST.0.saturating_mul(1 << self.failures.min(6)).min(LONGEST.0);
        self.failures = self.failures.saturating_add(1);
        let jittered = grown / 2 + chance % (grown / 2 + 1);
        Span(jittered.max(Span::seconds(retry_after_seconds.into()).min(PATIENCE).0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_a_second_to_a_minute() {
        let mut redial = Redial::default();
        let longest: Vec<u64> = (0..8).map(|_| redial.wait(u64::MAX, 0).0.div_ceil(1_000_000)).collect();
        assert!(longest.windows(2).all(|pair| pair[0] <= pair[1]) && longest[0] <= 1, "{longest:?}");
        for chance in [0, 1, 12_345_678_901, u64::MAX] {
            let wait = redial.wait(chance, 0);
            assert!((30_000_000..=60_000_000).contains(&wait.0), "{wait:?}");
        }
    }

    #[test]
    fn a_good_link_begins_the_waits_anew() {
        let mut redial = Redial::default();
        for _ in 0..9 {
            redial.wait(0, 0);
        }
        redial.after_link(Span::seconds(29), false);
        assert_eq!(redial.wait(0, 0), Span::seconds(30));
        redial.after_link(Span::seconds(1), true);
        assert_eq!(redial.wait(0, 0), Span::milliseconds(500));
        redial.after_link(Span::seconds(30), false);
        assert_eq!(redial.wait(0, 0), Span::milliseconds(500));
    }

    #[test]
    fn who_waits_for_a_webmaster_asks_every_few_seconds() {
        let mut redial = Redial::default();
        for chance in [0, 12_345_678_901, u64::MAX] {
            redial.after_asking();
            assert_eq!(redial.wait(chance, 5), Span::seconds(5));
        }
    }

    #[test]
    fn who_asks_for_patience_gets_an_hour_at_most() {
        let mut redial = Redial::default();
        assert_eq!(redial.wait(0, 90), Span::seconds(90));
        assert_eq!(redial.wait(0, u32::MAX), Span::hours(1));
    }
}
