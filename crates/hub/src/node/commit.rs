//! Gathering what was taken into batches. One order everywhere: commit, then forward, HAVE, applications.

use super::timers::Timer;
use super::{Batch, Node, Output, Passed, PostError, Posted, Standing, Step};
use crate::envelope::{Envelope, StreamId};
use crate::frame::{Bye, Reason};
use crate::time::{Span, Time};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// After a batch that failed the next one is not tried before this: a disk that is full stays so for a while.
const REST: Span = Span::seconds(1);

/// The batch that is being written.
#[derive(Debug, Default)]
pub(super) struct OnItsWay {
    envelopes: Vec<Passed>,
    settles: Vec<(StreamId, RangeInclusive<u64>)>,
    /// What is to be remembered in any case.
    others: Vec<Step>,
    tickets: Vec<(u64, Posted)>,
    touched: BTreeSet<StreamId>,
}

impl OnItsWay {
    /// What becomes of a stream does not count any more. It is written all the same, and forgotten with the next batch.
    pub(super) fn forget(&mut self, id: StreamId) {
        self.envelopes.retain(|passed| passed.envelope.stream() != id);
        self.settles.retain(|(stream, _)| *stream != id);
        self.touched.remove(&id);
    }
}

impl Node {
    /// Hands over what has gathered, unless a batch is on its way.
    pub(super) fn make_batch(&mut self, now: Time, out: &mut Vec<Output>) {
        if self.on_its_way.is_some() || self.rests_until.is_some_and(|until| now < until) {
            return;
        }
        let tickets = self.gather_posts(now);
        let mut way = OnItsWay {
            envelopes: std::mem::take(&mut self.queue),
            settles: std::mem::take(&mut self.settles),
            others: self.steps.clone(),
            tickets,
            touched: BTreeSet::new(),
        };
        let mut steps = std::mem::take(&mut self.steps);
        for (id, range) in &way.settles {
            self.store_settled(*id, range.clone(), &mut steps);
            way.touched.insert(*id);
        }
        for Passed { envelope, .. } in &way.envelopes {
            self.store(envelope, &mut steps);
            way.touched.insert(envelope.stream());
        }
        self.release_epochs(&mut way.touched, &mut steps);
        if !steps.is_empty() {
            self.on_its_way = Some(way);
            out.push(Output::Commit(Batch { steps }));
        }
    }

    fn store(&mut self, envelope: &Arc<Envelope>, steps: &mut Vec<Step>) {
        let (id, number) = (envelope.stream(), envelope.number());
        let Some(stream) = self.streams.get_mut(&id) else { return };
        stream.stored.insert(number..=number);
        if !stream.is_next(number) {
            steps.push(Step::Early(envelope.clone()));
            return;
        }
        stream.delivered = number;
        steps.push(Step::Append(envelope.clone()));
        steps.extend(stream.release(id));
    }

    fn store_settled(&mut self, id: StreamId, range: RangeInclusive<u64>, steps: &mut Vec<Step>) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        stream.stored.insert(range.clone());
        steps.push(Step::Settle { stream: id, range });
        steps.extend(stream.release(id));
    }

    /// Epochs whose predecessor has come to its end may be shown.
    fn release_epochs(&mut self, touched: &mut BTreeSet<StreamId>, steps: &mut Vec<Step>) {
        loop {
            let ended = self.waiting_epochs.iter().copied().find(|id| self.has_predecessor_ended(*id));
            let Some(id) = ended else { return };
            self.waiting_epochs.remove(&id);
            if let Some(stream) = self.streams.get_mut(&id) {
                stream.waits = None;
                steps.extend(stream.release(id));
                touched.insert(id);
            }
        }
    }

    fn has_predecessor_ended(&self, id: StreamId) -> bool {
        let Some((before, _)) = self.streams.get(&id).and_then(|stream| stream.waits) else { return true };
        let before_id = StreamId { origin: id.origin, epoch: before.epoch };
        self.streams.get(&before_id).is_some_and(|stream| stream.delivered >= before.number)
    }

    /// The end of the epoch before has not come in time.
    pub(super) fn wait_no_longer(&mut self, id: StreamId) {
        if let Some(stream) = self.streams.get_mut(&id) {
            stream.waits = None;
        }
    }

    pub(super) fn committed(&mut self, now: Time, out: &mut Vec<Output>) {
        let Some(way) = self.on_its_way.take() else { return };
        for (id, range) in &way.settles {
            self.hold(*id, range.clone());
            if let Some(stream) = self.streams.get_mut(id) {
                stream.absent.insert(range.clone());
            }
        }
        for Passed { envelope, .. } in &way.envelopes {
            let (id, number) = (envelope.stream(), envelope.number());
            self.hold(id, number..=number);
            self.account(id, number);
        }
        for id in &way.touched {
            if let Some(stream) = self.streams.get_mut(id) {
                stream.committed();
            }
            self.look_for_gaps(now, *id);
        }
        for (ticket, posted) in way.tickets {
            out.push(Output::Posted { ticket, result: Ok(posted) });
        }
        self.pass_on(now, &way.envelopes, out);
        self.announce_settled(now, &way.settles, out);
        self.begin_races(now);
        self.try_who_is_away(now);
    }

    fn hold(&mut self, id: StreamId, range: RangeInclusive<u64>) {
        if let Some(stream) = self.streams.get_mut(&id) {
            stream.pending.remove(range.clone());
            stream.held.insert(range);
        }
    }

    /// Every neighbour that is served should have it.
    fn account(&mut self, id: StreamId, number: u64) {
        for neighbour in self.neighbours.values_mut().filter(|found| found.standing == Standing::Active) {
            let link = neighbour.link.and_then(|link| self.links.get(&link));
            let lane = link.and_then(|link| link.lanes.get(&id));
            neighbour.accept(id, number, lane.is_some_and(|lane| lane.stated.contains(number)));
        }
    }

    /// Nothing of the batch is on disk, or nobody knows. All links are closed, so that each side states anew what it has;
    /// own numbers that were given are not used again.
    pub(super) fn not_committed(&mut self, now: Time, out: &mut Vec<Output>) {
        let Some(way) = self.on_its_way.take() else { return };
        for (ticket, _) in way.tickets {
            out.push(Output::Posted { ticket, result: Err(PostError::Failed) });
        }
        self.steps.splice(0..0, way.others);
        self.queue.clear();
        self.races.clear();
        for (id, stream) in &mut self.streams {
            stream.pending = crate::Ranges::new();
            if stream.not_committed() {
                self.waiting_epochs.insert(*id);
            }
        }
        self.rests_until = Some(now + REST);
        self.at(now + REST, Timer::Batch);
        self.open_epochs(now);
        let links: Vec<_> = self.links.keys().copied().collect();
        for link in links {
            let text = "the log failed".to_owned();
            self.close(now, link, Bye { reason: Reason::Failed, retry_after: 5, text }, out);
        }
    }
}
