//! What happens when time passes. A timer that has become pointless does nothing when it is due.

use super::{LinkId, Node, Output};
use crate::envelope::StreamId;
use crate::key::PublicKey;
use crate::time::{Span, Time};

/// What is due at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// Tell a link what is here.
    Have(LinkId),
    /// Look whether a link is still ahead.
    Ahead(LinkId, StreamId),
    /// Look whether a link makes progress.
    Stall(LinkId),
    /// Take again what was too much or too early.
    Paused(StreamId),
    /// Wait no longer for the end of the epoch before.
    Epoch(StreamId),
    /// Look whether what is missing is still missing.
    Skipped(StreamId),
    /// Try a neighbour.
    Attempt(PublicKey),
    /// Make a batch, if there is something for one: the last one failed.
    Batch,
    /// Forget what is past its time.
    Forget,
}

impl Node {
    /// A clock that was set back does not make anybody wait for the way back: all that is due comes forward with it.
    pub(super) fn notice_time(&mut self, now: Time) {
        let back = self.now.since(now);
        self.now = now;
        if back > Span(0) {
            self.bring_forward(back);
        }
    }

    fn bring_forward(&mut self, back: Span) {
        let timers = std::mem::take(&mut self.timers);
        self.timers = timers.into_iter().map(|(due, timer)| (due - back, timer)).collect();
        for due in self.neighbours.values_mut().filter_map(|neighbour| neighbour.next_attempt.as_mut()) {
            *due = *due - back;
        }
        for stream in self.streams.values_mut() {
            let times = [&mut stream.paused, &mut stream.skipped_since];
            times.into_iter().flatten().for_each(|time| *time = *time - back);
        }
        self.links.values_mut().for_each(|link| link.progress_at = link.progress_at - back);
        self.new_origins.bring_forward(back);
    }

    pub(super) fn at(&mut self, time: Time, timer: Timer) {
        self.timers.insert((time, timer));
    }

    pub(super) fn pass_time(&mut self, now: Time, out: &mut Vec<Output>) {
        while let Some((time, _)) = self.timers.first()
            && *time <= now
            && let Some((_, timer)) = self.timers.pop_first()
        {
            match timer {
                Timer::Have(link) => self.tell_now(link),
                Timer::Ahead(link, stream) => self.look_ahead(now, link, stream),
                Timer::Stall(link) => self.look_for_progress(now, link, out),
                Timer::Paused(stream) => self.go_on(now, stream),
                Timer::Epoch(stream) => self.wait_no_longer(stream),
                Timer::Skipped(stream) => self.look_for_gaps(now, stream),
                Timer::Attempt(key) => self.attempt(now, key, out),
                // Every input ends with a batch.
                Timer::Batch => {}
                Timer::Forget => {
                    self.forget_past(now);
                    self.forget_pending(now, out);
                }
            }
        }
    }
}
