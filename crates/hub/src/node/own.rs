//! Messages of local applications; epochs of one's own; noticing that somebody else signs with the same key.

use super::post::LocalOrigin;
use super::receive::CLOCKS_DIFFER_MOST;
use super::{Alarm, Node, Output, Passed, PostError, Posted, Step};
use crate::envelope::{Envelope, Message, Predecessor, StreamId};
use crate::key::{PublicKey, SecretKey};
use crate::time::{Span, Time};

/// A new epoch is shown so long after its first envelope at the latest, whatever became of the epoch before.
pub(super) const EPOCH_WAITS_MOST: Span = Span::seconds(30);

/// The second sign of a clone within this time stops the node.
const CLONE_SIGNS_WITHIN: Span = Span::days(1);

/// Whether somebody else signs with a key of this node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clones {
    /// When this was seen last.
    pub last_sign: Option<Time>,
    /// It was seen twice within a day: nothing is posted until the webmaster says that this node is to go on.
    pub is_stopped: bool,
}

impl Clones {
    /// Whether somebody else has signed within the last day.
    pub fn are_near(&self, now: Time) -> bool {
        self.last_sign.is_some_and(|last| now.since(last) < CLONE_SIGNS_WITHIN)
    }
}

impl Node {
    pub(super) fn add_origin(&mut self, now: Time, key: SecretKey) {
        let public = key.public();
        self.locals.entry(public).or_insert_with(|| LocalOrigin::new(key));
        self.open_epoch(now, public);
    }

    pub(super) fn remove_origin(&mut self, key: PublicKey, out: &mut Vec<Output>) {
        let waiting = self.locals.remove(&key).map(|mut local| local.drain()).unwrap_or_default();
        let result = Err(PostError::NoSuchOrigin);
        out.extend(waiting.into_iter().map(|ticket| Output::Posted { ticket, result }));
    }

    pub(super) fn open_epochs(&mut self, now: Time) {
        let keys: Vec<_> = self.locals.keys().copied().collect();
        for key in keys {
            self.open_epoch(now, key);
        }
    }

    /// Opens an epoch above all that are known of this key.
    fn open_epoch(&mut self, now: Time, key: PublicKey) {
        let origin = self.origins.entry(key).or_default();
        let above = origin.epochs.last().copied().unwrap_or(0);
        let newest = origin.newest.max(origin.floor);
        let last = origin.epochs.iter().rev().find_map(|epoch| {
            let stream = self.streams.get(&StreamId { origin: key, epoch: *epoch })?;
            let number = stream.held.last()?;
            Some((Predecessor { epoch: *epoch, number }, *stream.chain.hash_of(number)?))
        });
        if let Some(local) = self.locals.get_mut(&key) {
            local.open(now, above, last, newest);
        }
    }

    pub(super) fn post(
        &mut self,
        now: Time,
        ticket: u64,
        origin: PublicKey,
        messages: Vec<Message>,
        ttl: u32,
        out: &mut Vec<Output>,
    ) {
        if let Err(error) = self.may_post(now, origin).and_then(|()| {
            let local = self.locals.get_mut(&origin).ok_or(PostError::NoSuchOrigin)?;
            local.wait(ticket, messages, ttl)
        }) {
            out.push(Output::Posted { ticket, result: Err(error) });
        }
    }

    fn may_post(&mut self, now: Time, origin: PublicKey) -> Result<(), PostError> {
        if self.clones.is_stopped {
            return Err(PostError::Cloned);
        }
        if self.is_clock_wrong {
            return Err(PostError::Clock);
        }
        let Some(limits) = &self.settings.limits else { return Ok(()) };
        let when = self.origins.entry(origin).or_default().free_from(limits, now, 1);
        let wait = when.since(now).0.div_ceil(1_000_000);
        if wait == 0 { Ok(()) } else { Err(PostError::TooMuch(wait.min(86_400) as u32)) }
    }

    /// Signs what waits, as envelopes of the next batch.
    pub(super) fn gather_posts(&mut self, now: Time) -> Vec<(u64, Posted)> {
        let mut tickets = Vec::new();
        let busy: Vec<_> =
            self.locals.iter().filter(|(_, local)| local.has_waiting()).map(|(key, _)| *key).collect();
        for key in busy {
            let Some(local) = self.locals.get_mut(&key) else { continue };
            let id = local.stream();
            for gathered in local.gather(now) {
                tickets.extend(gathered.tickets);
                self.follow(id, None);
                let origin = self.origins.entry(key).or_default();
                origin.newest = origin.newest.max(gathered.envelope.time());
                if let Some(limits) = &self.settings.limits {
                    origin.take(limits, gathered.envelope.time(), gathered.envelope.bytes().len() as u64);
                }
                let stream = self.streams.entry(id).or_default();
                stream.is_own = true;
                stream.add(&gathered.envelope);
                self.traffic.posted += gathered.envelope.message_count() as u64;
                self.queue.push(Passed { envelope: gathered.envelope, hops: 1 });
            }
        }
        tickets
    }

    /// An own envelope that is not known here, or that contradicts what is, of an epoch that is not before the present one:
    /// somebody else signs with this key. Of an earlier epoch it was lost with a disk, and is taken in like any other.
    pub(super) fn notice_clone(&mut self, now: Time, envelope: &Envelope, out: &mut Vec<Output>) {
        let id = envelope.stream();
        let Some(local) = self.locals.get(&id.origin) else { return };
        if id.epoch < local.stream().epoch {
            return;
        }
        let is_stopped = self.clones.is_stopped || self.clones.are_near(now);
        self.know_of_clones(Clones { last_sign: Some(now), is_stopped });
        // So that the next own number is above all of the other's, and newer.
        self.follow(id, None);
        let origin = self.origins.entry(id.origin).or_default();
        // No newer than others take it: their clock may be wrong.
        origin.newest = origin.newest.max(envelope.time().min(now + CLOCKS_DIFFER_MOST));
        self.open_epoch(now, id.origin);
        out.push(Output::Alarm(Alarm::Cloned { stopped: is_stopped }));
    }

    /// The webmaster says that this node is the one that goes on.
    pub(super) fn resume(&mut self) {
        if self.clones != Clones::default() {
            self.know_of_clones(Clones::default());
        }
    }

    /// Written down, so that a restart does not let both go on.
    fn know_of_clones(&mut self, clones: Clones) {
        self.clones = clones;
        self.steps.push(Step::Clones(clones));
    }
}
