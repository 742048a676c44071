//! One stream on one link: what the other side has, what it wants, what is on its way.

use crate::ranges::Ranges;
use std::collections::VecDeque;
use std::ops::RangeInclusive;

/// Of a stream no more runs are remembered of the other side: the lowest. A hub takes fewer, so more are made up.
const RUNS_MOST: usize = 1024;

/// One stream on one link.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// What the other side has: it said so, or it sent it. It alone tells; what was sent is not yet there.
    pub(super) stated: Ranges,
    /// That, and what was sent or skipped.
    covered: Ranges,
    /// Sent and not stated yet: number and bytes.
    in_flight: VecDeque<(u64, usize)>,
    /// The other side wants pushed what it did not state.
    wants: bool,
    /// We have told of this stream in our first account, and wait for what the other side says to it.
    pub(super) is_listed: bool,
    /// The other side has spoken of this stream.
    pub(super) is_answered: bool,
    /// We want it pushed.
    pub(super) asked: bool,
    /// The other side can no longer send these.
    pub(super) skipped: Ranges,
    /// What the other side had when it was noticed that it has what we lack; looked at again a little later.
    pub(super) ahead: Ranges,
    /// We have told of this stream on this link.
    pub(super) is_told: bool,
}

/// Envelopes and bytes that have left the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Landed {
    pub(super) envelopes: usize,
    pub(super) bytes: usize,
}

impl Lane {
    /// A stream of which nobody has spoken yet: it is pushed both ways.
    pub(super) fn new() -> Lane {
        Lane {
            stated: Ranges::new(),
            covered: Ranges::new(),
            in_flight: VecDeque::new(),
            wants: true,
            is_listed: false,
            is_answered: false,
            asked: true,
            skipped: Ranges::new(),
            ahead: Ranges::new(),
            is_told: false,
        }
    }

    /// Whether what the other side lacks is to be sent.
    pub(super) fn is_open(&self) -> bool {
        self.wants && (self.is_answered || !self.is_listed)
    }

    pub(super) fn wants(&self) -> bool {
        self.wants
    }

    /// Whether the other side has this, or will.
    pub(super) fn covers(&self, number: u64) -> bool {
        self.covered.contains(number)
    }

    /// The first run of `held` that was neither stated nor sent.
    pub(super) fn next_unsent(&self, held: &Ranges) -> Option<RangeInclusive<u64>> {
        let mut from = self.covered.next_absent(1);
        loop {
            let run = held.next_run(from)?;
            from = self.covered.next_absent(*run.start());
            if from <= *run.end() {
                let end = self
                    .covered
                    .next_run(from)
                    .map_or(*run.end(), |next| (*next.start() - 1).min(*run.end()));
                return Some(from..=end);
            }
        }
    }

    pub(super) fn has_sent(&mut self, number: u64, bytes: usize) {
        self.covered.insert(number..=number);
        self.in_flight.push_back((number, bytes));
    }

    pub(super) fn has_skipped(&mut self, range: RangeInclusive<u64>) {
        self.covered.insert(range);
        self.covered.keep_lowest(RUNS_MOST);
    }

    /// The other side can no longer send these.
    pub(super) fn skips(&mut self, range: RangeInclusive<u64>) {
        self.skipped.insert(range);
        self.skipped.keep_lowest(RUNS_MOST);
    }

    /// The other side has this one: it has sent it.
    pub(super) fn has_received(&mut self, number: u64) {
        self.stated.insert(number..=number);
        self.covered.insert(number..=number);
        self.forget_the_highest();
    }

    fn forget_the_highest(&mut self) {
        self.stated.keep_lowest(RUNS_MOST);
        self.covered.keep_lowest(RUNS_MOST);
    }

    /// The other side states what it has. Gives what has arrived there.
    pub(super) fn state(&mut self, settled: &Ranges) -> Landed {
        if self.has_forgotten(settled) {
            self.stated = Ranges::new();
            self.covered = self.in_flight.iter().map(|(number, _)| *number..=*number).collect();
        }
        self.stated.insert_all(settled);
        self.covered.insert_all(settled);
        self.forget_the_highest();
        let mut landed = Landed::default();
        self.in_flight.retain(|(number, bytes)| {
            let arrived = settled.contains(*number);
            landed.envelopes += usize::from(arrived);
            landed.bytes += if arrived { *bytes } else { 0 };
            !arrived
        });
        landed
    }

    /// Whether the other side has forgotten the stream since it spoke of it last: it lacks what it had, below what it has. Of
    /// many gaps it need not tell the last ones.
    fn has_forgotten(&self, settled: &Ranges) -> bool {
        settled.last().is_some_and(|last| {
            let mut had = self.stated.runs().take_while(|run| *run.start() <= last);
            had.any(|run| settled.run_at(*run.start()).is_none_or(|has| *has.end() < (*run.end()).min(last)))
        })
    }

    /// The push bit of the other side. Where it changes, what is on its way does not count any more.
    pub(super) fn set_wants(&mut self, wants: bool) -> Landed {
        let has_changed = self.wants != wants;
        self.wants = wants;
        if !has_changed {
            return Landed::default();
        }
        if wants {
            self.covered = self.stated.clone();
        }
        let bytes = self.in_flight.iter().map(|(_, bytes)| bytes).sum();
        Landed { envelopes: self.in_flight.drain(..).len(), bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_neither_stated_nor_sent_is_next() {
        let held: Ranges = [1..=10, 15..=20].into_iter().collect();
        let mut lane = Lane::new();
        assert_eq!(lane.next_unsent(&held), Some(1..=10));
        lane.state(&[1..=4, 8..=16].into_iter().collect());
        assert_eq!(lane.next_unsent(&held), Some(5..=7));
        (5..=7).for_each(|number| lane.has_sent(number, 100));
        assert_eq!(lane.next_unsent(&held), Some(17..=20));
        lane.has_skipped(17..=20);
        assert_eq!(lane.next_unsent(&held), None);
        assert_eq!(lane.state(&Ranges::up_to(6)), Landed { envelopes: 2, bytes: 200 });
        assert_eq!(lane.set_wants(false), Landed { envelopes: 1, bytes: 100 });
        assert_eq!(lane.set_wants(true), Landed::default());
        assert_eq!(lane.next_unsent(&held), Some(7..=7));
    }

    #[test]
    fn who_has_forgotten_a_stream_may_need_what_he_had() {
        let held = Ranges::up_to(6);
        let mut lane = Lane::new();
        lane.state(&Ranges::up_to(4));
        lane.has_sent(5, 100);
        lane.has_sent(6, 100);
        // Less than before, and nothing missing: he tells the lowest of what he has.
        lane.state(&Ranges::up_to(3));
        lane.state(&Ranges::new());
        assert_eq!(lane.next_unsent(&held), None);
        assert_eq!(lane.state(&[5..=5].into_iter().collect()), Landed { envelopes: 1, bytes: 100 });
        assert_eq!(lane.next_unsent(&held), Some(1..=4), "6 is still on its way");
    }
}
