//! Knows of most events that nobody sent before that it is so, without a look into the table.

use super::EventKey;
use crate::time::{Span, Time};

/// Words of 64 bits in each of two parts, of 4 MiB. With two million events in a part one new event in 400 is in doubt, with
/// five million one in 24. A part in which there is nothing takes no memory.
const WORDS: usize = 1 << 19;

/// Bits of one event lie close together, so that looking costs one access to memory.
const WORDS_TOGETHER: usize = 8;

/// So many bits stand for an event.
const BITS: u32 = 4;

/// A Bloom filter of the events with a row in the table. It may take a new event for an old one, never the opposite.
pub(super) struct Filter {
    young: Vec<u64>,
    old: Vec<u64>,
    turned: Time,
    is_complete: bool,
}

impl Filter {
    /// Knows of no event, and takes each for an old one until it is complete.
    pub(super) fn new(now: Time) -> Filter {
        Filter { young: Vec::new(), old: Vec::new(), turned: now, is_complete: false }
    }

    /// An event has a row.
    pub(super) fn add(&mut self, key: &EventKey) {
        self.young.resize(WORDS, 0);
        places(key).for_each(|(word, bit)| self.young[word] |= bit);
    }

    /// All events that have a row were added.
    pub(super) fn complete(&mut self) {
        self.is_complete = true;
    }

    /// Whether an event certainly has no row.
    pub(super) fn excludes(&self, key: &EventKey) -> bool {
        let is_in = |part: &[u64]| !part.is_empty() && places(key).all(|(word, bit)| part[word] & bit != 0);
        self.is_complete && !is_in(&self.young) && !is_in(&self.old)
    }

    /// Forgets what was added longer than `span` ago, and nothing younger.
    pub(super) fn forget(&mut self, now: Time, span: Span) {
        if now.since(self.turned) >= span {
            self.old = std::mem::take(&mut self.young);
            self.turned = now;
        }
    }
}

/// The bits of an event. Its name is a hash already, so pieces of it will do.
fn places(key: &EventKey) -> impl Iterator<Item = (usize, u64)> {
    let name = u128::from_be_bytes(key.event);
    let group = (name >> 64) as usize % (WORDS / WORDS_TOGETHER) * WORDS_TOGETHER;
    (0..BITS).map(move |number| {
        let piece = (name >> (16 * number)) as usize;
        (group + piece / 64 % WORDS_TOGETHER, 1 << (piece % 64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    const DAY: Span = Span::hours(24);

    fn key(number: u64) -> EventKey {
        let mut event = [0; 16];
        event.copy_from_slice(&Sha256::digest(number.to_be_bytes())[..16]);
        EventKey { token: 1, event }
    }

    fn complete() -> Filter {
        let mut filter = Filter::new(Time(0));
        filter.complete();
        filter
    }

    #[test]
    fn no_old_event_is_taken_for_a_new_one_and_hardly_any_new_one_for_an_old_one() {
        let mut filter = complete();
        (0..100_000).for_each(|number| filter.add(&key(number)));
        assert!((0..100_000).all(|number| !filter.excludes(&key(number))));
        let mistaken = (100_000..200_000).filter(|number| !filter.excludes(&key(*number))).count();
        assert!(mistaken < 20, "{mistaken}");
    }

    #[test]
    fn before_it_is_complete_it_excludes_nothing() {
        assert!(!Filter::new(Time(0)).excludes(&key(1)));
        assert!(complete().excludes(&key(1)));
    }

    #[test]
    fn what_was_added_a_day_ago_is_still_known_and_what_was_added_two_days_ago_is_not() {
        let mut filter = complete();
        filter.add(&key(1));
        let day = |number| Time(number * DAY.0);
        filter.forget(day(1), DAY);
        filter.add(&key(2));
        assert!(!filter.excludes(&key(1)) && !filter.excludes(&key(2)));
        filter.forget(Time(day(2).0 - 1), DAY);
        assert!(!filter.excludes(&key(1)));
        filter.forget(day(2), DAY);
        assert!(filter.excludes(&key(1)) && !filter.excludes(&key(2)));
    }
}
