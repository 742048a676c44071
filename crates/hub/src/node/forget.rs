//! What is past its time: epochs, and what the log has let go.

use super::origin::EPOCHS_MOST;
use super::timers::Timer;
use super::{Node, Step};
use crate::envelope::{Envelope, StreamId};
use crate::key::PublicKey;
use crate::ranges::Ranges;
use crate::time::{Span, Time};

/// How often epochs are looked at.
pub(super) const EVERY: Span = Span::minutes(10);

impl Node {
    pub(super) fn forget_past(&mut self, now: Time) {
        self.at(now + EVERY, Timer::Forget);
        if self.is_clock_wrong {
            return;
        }
        let oldest = self.oldest(now);
        self.give_up_old_gaps(oldest);
        let past = |stream: &super::stream::Stream| {
            stream.newest < oldest && stream.newest > Time(0) && stream.pending.is_empty() && !stream.is_own
        };
        let ids: Vec<StreamId> =
            self.streams.iter().filter(|(_, found)| past(found)).map(|(id, _)| *id).collect();
        ids.into_iter().for_each(|id| self.forget(id));
    }

    /// Gives up what is missing before something that is past its time: whoever keeps a number back shall not have all that
    /// is after it kept for ever, where applications do not see it and no log lets go of it.
    fn give_up_old_gaps(&mut self, oldest: Time) {
        let old = |stream: &super::stream::Stream| stream.chain.last_start_before(oldest);
        let found = self.streams.iter().filter_map(|(id, stream)| Some((*id, old(stream)?)));
        for (id, first) in found.collect::<Vec<_>>() {
            let Some(stream) = self.streams.get(&id) else { continue };
            let mut gaps = stream.gaps();
            gaps.remove(first..=u64::MAX - 1);
            self.give_up(id, &gaps);
        }
    }

    /// An origin has at most so many epochs: the oldest gives way.
    pub(super) fn forget_oldest_epoch(&mut self, key: PublicKey) {
        let Some(origin) = self.origins.get(&key) else { return };
        if origin.epochs.len() > EPOCHS_MOST
            && let Some(epoch) = origin.epochs.first().copied()
        {
            self.forget(StreamId { origin: key, epoch });
        }
    }

    /// Whether there are so many epochs above this one that it would be forgotten at once.
    pub(super) fn is_past(&self, id: StreamId) -> bool {
        let Some(origin) = self.origins.get(&id.origin) else { return false };
        origin.epochs.len() >= EPOCHS_MOST && origin.epochs.first().is_some_and(|first| id.epoch < *first)
    }

    /// What is too old need not come, and nothing before it: times of a stream never fall.
    pub(super) fn is_too_old(&mut self, envelope: &Envelope) {
        let id = envelope.stream();
        self.follow(id, None);
        let Some(stream) = self.streams.get_mut(&id) else { return };
        stream.seen = stream.seen.max(envelope.number());
        stream.newest = stream.newest.max(envelope.time());
        let mut before = Ranges::up_to(envelope.number());
        before.remove_all(&stream.held);
        before.remove_all(&stream.pending);
        self.settle(id, &before);
    }

    /// Forgets a stream. Nothing of its origin that is as old is taken again.
    fn forget(&mut self, id: StreamId) {
        let Some(stream) = self.streams.remove(&id) else { return };
        let origin = self.origins.entry(id.origin).or_default();
        origin.epochs.remove(&id.epoch);
        origin.floor = origin.floor.max(stream.newest);
        let floor = origin.floor;
        self.steps.extend([Step::Forget(id), Step::Floor { origin: id.origin, floor }]);
        self.waiting_epochs.remove(&id);
        self.queue.retain(|passed| passed.envelope.stream() != id);
        self.settles.retain(|(stream, _)| *stream != id);
        if let Some(way) = &mut self.on_its_way {
            way.forget(id);
        }
        for link in self.links.values_mut() {
            link.forget(id);
        }
        self.neighbours.values_mut().for_each(|neighbour| neighbour.forget(id));
    }

    /// The log has let go of the oldest envelopes of a stream.
    pub(super) fn trimmed(&mut self, id: StreamId, to: u64) {
        if let Some(stream) = self.streams.get_mut(&id) {
            stream.trimmed = stream.trimmed.max(to);
        }
        self.neighbours.values_mut().for_each(|neighbour| neighbour.trim(id, to));
    }
}
