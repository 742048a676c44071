//! Local origins: the node's own key and those of its applications.

use super::{PostError, Posted};
use crate::envelope::{
    BYTES_ALWAYS, Draft, Envelope, Hash, MESSAGES_MOST, Message, Predecessor, StreamId, write,
};
use crate::key::SecretKey;
use crate::time::{Span, Time};
use std::collections::VecDeque;
use std::sync::Arc;

/// Messages that wait to be put into an envelope.
#[derive(Debug)]
struct Waiting {
    ticket: u64,
    messages: Vec<Message>,
    ttl: u32,
    bytes: usize,
}

/// A key that posts here.
#[derive(Debug)]
pub(super) struct LocalOrigin {
    key: SecretKey,
    epoch: u64,
    /// The last envelope of this epoch, if there is one.
    last: Option<(u64, Hash)>,
    /// The last envelope before this epoch.
    predecessor: Option<(Predecessor, Hash)>,
    /// Times never fall.
    newest: Time,
    waiting: VecDeque<Waiting>,
}

/// An envelope of local messages, and who waits for which of them.
pub(super) struct Gathered {
    pub(super) envelope: Arc<Envelope>,
    pub(super) tickets: Vec<(u64, Posted)>,
}

impl LocalOrigin {
    pub(super) fn new(key: SecretKey) -> LocalOrigin {
        LocalOrigin {
            key,
            epoch: 0,
            last: None,
            predecessor: None,
            newest: Time(0),
            waiting: VecDeque::new(),
        }
    }

    /// Opens an epoch above all that are known, after the last envelope of which anything is known. All that is signed in it
    /// is newer than `newest`: whoever forgets the epochs before takes nothing any more that is as old as they are.
    pub(super) fn open(
        &mut self,
        now: Time,
        above: u64,
        predecessor: Option<(Predecessor, Hash)>,
        newest: Time,
    ) {
        self.newest = self.newest.max(newest) + Span(1);
        self.epoch = now.0.max(above + 1).max(self.epoch + 1).max(self.newest.0);
        self.predecessor = predecessor;
        self.last = None;
    }

    pub(super) fn stream(&self) -> StreamId {
        StreamId { origin: self.key.public(), epoch: self.epoch }
    }

    pub(super) fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes messages that one envelope can hold.
    pub(super) fn wait(&mut self, ticket: u64, messages: Vec<Message>, ttl: u32) -> Result<(), PostError> {
        let bytes = messages.iter().map(write::weight).sum::<usize>();
        let draft = Draft {
            epoch: self.epoch.max(1),
            number: 1,
            previous: [0; 32],
            predecessor: None,
            time: Time(0),
            ttl,
            messages: &messages,
        };
        if !draft.is_fit() {
            return Err(PostError::Unfit);
        }
        self.waiting.push_back(Waiting { ticket, messages, ttl, bytes });
        Ok(())
    }

    /// Puts what waits into envelopes, as much as fits into each.
    pub(super) fn gather(&mut self, now: Time) -> Vec<Gathered> {
        let mut all = Vec::new();
        while let Some(first) = self.waiting.pop_front() {
            let (ttl, mut bytes) = (first.ttl, write::OVERHEAD + first.bytes);
            let (mut messages, mut tickets) = (first.messages, vec![(first.ticket, 0)]);
            while let Some(next) = self.waiting.front()
                && next.ttl == ttl
                && messages.len() + next.messages.len() <= MESSAGES_MOST
                && bytes + next.bytes <= BYTES_ALWAYS
                && let Some(next) = self.waiting.pop_front()
            {
                bytes += next.bytes;
                tickets.push((next.ticket, messages.len() as u16));
                messages.extend(next.messages);
            }
            all.extend(self.sign(now, ttl, &messages, tickets));
        }
        all
    }

    fn sign(
        &mut self,
        now: Time,
        ttl: u32,
        messages: &[Message],
        tickets: Vec<(u64, u16)>,
    ) -> Option<Gathered> {
        self.newest = self.newest.max(now);
        let before = self.predecessor;
        let (number, previous) = match self.last {
            Some((number, hash)) => (number + 1, hash),
            None => (1, before.map_or([0; 32], |(_, hash)| hash)),
        };
        let predecessor = before.map(|(before, _)| before).filter(|_| number == 1);
        let (epoch, time) = (self.epoch, self.newest);
        // What cannot be signed was turned away when it came.
        let draft = Draft { epoch, number, previous, predecessor, time, ttl, messages };
        let envelope = draft.sign(&self.key).ok()?;
        self.last = Some((number, *envelope.hash()));
        let stream = envelope.stream();
        let posted = |(ticket, index)| (ticket, Posted { stream, number, index });
        let tickets = tickets.into_iter().map(posted).collect();
        Some(Gathered { envelope: Arc::new(envelope), tickets })
    }

    /// The tickets of everything that waits, which then waits no more.
    pub(super) fn drain(&mut self) -> Vec<u64> {
        self.waiting.drain(..).map(|waiting| waiting.ticket).collect()
    }
}
