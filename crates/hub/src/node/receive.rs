//! Judging an envelope: new, known, forked, too much.

use super::timers::Timer;
use super::{Alarm, LinkId, Node, Output, Passed, Step, own};
use crate::envelope::{Checked, Envelope, Hash, StreamId};
use crate::ranges::Ranges;
use crate::time::{Span, Time};
use std::sync::Arc;

/// Clocks may differ by so much.
pub(super) const CLOCKS_DIFFER_MOST: Span = Span::minutes(5);

/// What was too early, or of one new origin too many, is asked for again after this.
const ASK_AGAIN_AFTER: Span = Span::minutes(1);

/// What is to be done with an envelope whose signature is right.
enum Verdict {
    New,
    /// New, but not worth delivering any more.
    Expired,
    Duplicate,
    /// It contradicts the hash of another one.
    Fork(Hash),
    /// At or below the floor of its origin.
    TooOld,
    /// Signed before anything that is still kept.
    Past,
    /// Not wanted on this link, nor later.
    Refuse,
    /// Not before this time.
    Later(Time),
}

impl Node {
    pub(super) fn received(
        &mut self,
        now: Time,
        link: LinkId,
        envelopes: Vec<Checked>,
        out: &mut Vec<Output>,
    ) {
        for checked in envelopes {
            self.receive(now, link, &checked, out);
        }
    }

    fn receive(&mut self, now: Time, link: LinkId, checked: &Checked, out: &mut Vec<Output>) {
        let envelope = checked.envelope();
        let (id, number) = (envelope.stream(), envelope.number());
        let Some(open) = self.links.get_mut(&link) else { return };
        if !open.may_speak_of(id) {
            self.traffic.limited += 1;
            return;
        }
        open.lane(id).has_received(number);
        if let Some(neighbour) = self.neighbours.get_mut(&open.peer.key) {
            neighbour.state(id, &[number..=number].into_iter().collect::<Ranges>());
        }
        match self.judge(now, link, envelope, out) {
            Verdict::New => self.take(now, link, checked, false),
            Verdict::Expired => self.take(now, link, checked, true),
            Verdict::Duplicate => self.is_duplicate(now, link, id),
            Verdict::Fork(kept) => self.has_forked(now, link, envelope, kept, out),
            Verdict::TooOld => self.is_too_old(envelope),
            Verdict::Past => {
                self.count_origin(now, link, envelope);
                self.is_too_old(envelope);
            }
            Verdict::Refuse => self.want(now, link, id, false),
            Verdict::Later(when) => self.pause(now, link, id, when),
        }
    }

    fn judge(&mut self, now: Time, link: LinkId, envelope: &Arc<Envelope>, out: &mut Vec<Output>) -> Verdict {
        let (id, number) = (envelope.stream(), envelope.number());
        let (blocked, floor) =
            self.origins.get(&id.origin).map_or((false, Time(0)), |found| (found.is_blocked, found.floor));
        if blocked {
            self.traffic.refused += 1;
            return Verdict::Refuse;
        }
        if let Some(stream) = self.streams.get(&id) {
            if stream.forked {
                self.traffic.forked += 1;
                return Verdict::Refuse;
            }
            if stream.has(number) {
                let kept = stream.chain.hash_of(number).filter(|kept| *kept != envelope.hash());
                return kept.map_or(Verdict::Duplicate, |kept| Verdict::Fork(*kept));
            }
            if let Some(kept) = stream.chain.contradicts(envelope) {
                return Verdict::Fork(kept);
            }
            if let Some(until) = stream.paused.filter(|until| now < *until) {
                self.traffic.limited += 1;
                return Verdict::Later(until);
            }
            if !stream.has_room_for(number) {
                self.traffic.limited += 1;
                return Verdict::Later(now + ASK_AGAIN_AFTER);
            }
        }
        if self.is_past(id) {
            self.traffic.too_old += 1;
            return Verdict::Refuse;
        }
        if envelope.time() <= floor {
            self.traffic.too_old += 1;
            return Verdict::TooOld;
        }
        if let Some(kept) = self.contradicted_by_predecessor(envelope) {
            return Verdict::Fork(kept);
        }
        if envelope.time() > now + CLOCKS_DIFFER_MOST {
            self.traffic.skew += 1;
            return Verdict::Later(now + ASK_AGAIN_AFTER);
        }
        if let Some(when) = self.limited_until(now, link, envelope) {
            self.traffic.limited += 1;
            return Verdict::Later(when);
        }
        // By a clock that is wrong nothing can be called old.
        if envelope.time() < self.oldest(now) && !self.is_clock_wrong {
            self.traffic.too_old += 1;
            return Verdict::Past;
        }
        self.notice_clone(now, envelope, out);
        if envelope.has_expired(now) { Verdict::Expired } else { Verdict::New }
    }

    /// The first envelope of an epoch names the last one before, by its hash.
    fn contradicted_by_predecessor(&self, envelope: &Envelope) -> Option<Hash> {
        let before = envelope.predecessor()?;
        let id = StreamId { origin: envelope.stream().origin, epoch: before.epoch };
        let known = self.streams.get(&id)?.chain.hash_of(before.number)?;
        (known != envelope.previous()).then_some(*known)
    }

    /// From when on the origin may have this taken, if not now.
    fn limited_until(&mut self, now: Time, link: LinkId, envelope: &Envelope) -> Option<Time> {
        let limits = self.settings.limits.as_ref()?;
        let id = envelope.stream();
        let followed = self.origins.values().filter(|origin| !origin.epochs.is_empty());
        let is_new = self.origins.get(&id.origin).is_none_or(|origin| origin.epochs.is_empty());
        if is_new && !self.locals.contains_key(&id.origin) {
            let of_link = self.links.get(&link).map_or(0, |link| link.new_origins);
            if followed.count() >= limits.origins_most || of_link >= limits.new_origins_per_link {
                return Some(now + ASK_AGAIN_AFTER);
            }
            let when = self.new_origins.free_from(now, 1);
            if when > now {
                return Some(when);
            }
        }
        let at = self.counts_at(now, envelope);
        let origin = self.origins.entry(id.origin).or_default();
        let when = origin.free_from(limits, at, envelope.bytes().len() as u64);
        // A clock that is a little fast is allowed, and is no reason to wait.
        (when > now.max(envelope.time())).then_some(when)
    }

    /// At which time an envelope counts against the limits of its origin: that at which it was signed, but nobody has
    /// saved up more than a log keeps.
    fn counts_at(&self, now: Time, envelope: &Envelope) -> Time {
        envelope.time().max(self.oldest(now))
    }

    /// What was signed before is not kept.
    pub(super) fn oldest(&self, now: Time) -> Time {
        now - self.settings.retention
    }

    /// Takes an envelope: it will be committed, and then passed on.
    fn take(&mut self, now: Time, link: LinkId, checked: &Checked, has_expired: bool) {
        let envelope = checked.envelope();
        let (id, number) = (envelope.stream(), envelope.number());
        self.count_origin(now, link, envelope);
        self.follow(id, envelope.predecessor().map(|before| (before, now + own::EPOCH_WAITS_MOST)));
        let is_asked = self.links.get_mut(&link).is_some_and(|open| open.lane(id).asked);
        let Some(stream) = self.streams.get_mut(&id) else { return };
        // Who is first is the source; who brings it again is told to stop.
        if is_asked && !stream.is_own {
            stream.parent = Some(link);
        }
        stream.add(envelope);
        stream.taken += 1;
        if has_expired {
            self.traffic.expired += 1;
            self.settles.push((id, number..=number));
        } else {
            self.traffic.new_after(checked.hops());
            self.queue.push(Passed { envelope: envelope.clone(), hops: one_more(checked.hops()) });
        }
        self.races.push((link, id));
    }

    fn count_origin(&mut self, now: Time, link: LinkId, envelope: &Envelope) {
        let at = self.counts_at(now, envelope);
        let origin = self.origins.entry(envelope.stream().origin).or_default();
        if origin.epochs.is_empty() {
            self.new_origins.take(now, 1);
            if let Some(link) = self.links.get_mut(&link) {
                link.new_origins += 1;
            }
        }
        origin.newest = origin.newest.max(envelope.time());
        if let Some(limits) = &self.settings.limits {
            origin.take(limits, at, envelope.bytes().len() as u64);
        }
    }

    /// Makes sure that there is such a stream. `waits`: for the end of which epoch, and until when at most.
    pub(super) fn follow(&mut self, id: StreamId, waits: Option<(crate::Predecessor, Time)>) {
        let is_new = self.origins.entry(id.origin).or_default().epochs.insert(id.epoch);
        let stream = self.streams.entry(id).or_default();
        if let Some((before, until)) = waits.filter(|_| stream.delivered == 0 && !stream.is_own) {
            stream.waits = Some((before, until));
            self.waiting_epochs.insert(id);
            self.at(until, Timer::Epoch(id));
        }
        if is_new {
            self.forget_oldest_epoch(id.origin);
        }
    }

    /// A link that brings what is known is told to bring it no more, unless everything comes from there.
    fn is_duplicate(&mut self, now: Time, link: LinkId, id: StreamId) {
        self.traffic.duplicate += 1;
        let Some(stream) = self.streams.get(&id) else { return };
        let has_other_source = stream.is_own
            || stream.parent.is_some_and(|parent| parent != link && self.links.contains_key(&parent));
        if has_other_source && !self.settings.flood {
            self.want(now, link, id, false);
        } else {
            self.tell_soon(now, link, id);
        }
    }

    fn has_forked(
        &mut self,
        now: Time,
        link: LinkId,
        envelope: &Arc<Envelope>,
        kept: Hash,
        out: &mut Vec<Output>,
    ) {
        let (id, number) = (envelope.stream(), envelope.number());
        self.traffic.forked += 1;
        self.follow(id, None);
        let stream = self.streams.entry(id).or_default();
        if !std::mem::replace(&mut stream.forked, true) {
            let other = envelope.clone();
            self.steps.push(Step::Forked { stream: id, kept, other, at: now });
            out.push(Output::Alarm(Alarm::Forked { stream: id, number, kept, other: envelope.clone() }));
        }
        self.want(now, link, id, false);
        self.notice_clone(now, envelope, out);
    }

    /// Nothing more of a stream for now: it is asked for again at that time.
    fn pause(&mut self, now: Time, link: LinkId, id: StreamId, when: Time) {
        let is_known = self.streams.contains_key(&id);
        if let Some(stream) = self.streams.get_mut(&id) {
            stream.paused = Some(stream.paused.map_or(when, |until| until.max(when)));
        }
        // Otherwise it is asked for on this link alone; nothing is remembered of what nobody may send.
        self.want(now, link, id, false);
        let when = if is_known { when } else { when.max(now + Span::seconds(1)) };
        self.at(when, Timer::Paused(id));
    }

    /// What was too much or too early may come now.
    pub(super) fn go_on(&mut self, now: Time, id: StreamId) {
        if let Some(stream) = self.streams.get_mut(&id) {
            if stream.paused.is_some_and(|until| now < until) {
                return;
            }
            stream.paused = None;
            return self.choose_source(now, id);
        }
        // Nothing of it was taken so far: who is first shall be the source.
        let links: Vec<LinkId> = self
            .links
            .iter()
            .filter(|(_, open)| open.lanes.contains_key(&id))
            .map(|(link, _)| *link)
            .collect();
        links.into_iter().for_each(|link| self.want(now, link, id, true));
    }
}

/// One more hub; of what is not known it stays so.
fn one_more(hops: u8) -> u8 {
    if hops == 0 { 0 } else { hops.saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use super::one_more;

    #[test]
    fn hops_end_at_255_and_what_is_unknown_stays_so() {
        assert_eq!([0, 1, 254, 255].map(one_more), [0, 2, 255, 255]);
    }
}
