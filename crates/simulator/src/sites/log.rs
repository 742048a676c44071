//! What the hub of a site gives it: a log in which stands what it has said and what has come from others.

use hub::applications::carrier::{Carrier, Place, Placed};
use hub::status::Status;
use hub::{
    Draft, Envelope, Hash, Message, PostError, Posted, Predecessor, PublicKey, SecretKey, StreamId, Time,
};
use market::Clock;
use std::collections::BTreeMap;
use std::future::ready;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Error;
use tokio::sync::watch;

type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The log of one site.
pub(super) struct Log {
    key: SecretKey,
    clock: Arc<dyn Clock>,
    news: watch::Sender<Place>,
    inside: Mutex<Inside>,
}

/// What is on its disk.
#[derive(Clone, Default)]
pub(super) struct Inside {
    /// A copy that was opened again is another log.
    name: u64,
    epoch: u64,
    number: u64,
    previous: Hash,
    /// The last envelope of the epoch before.
    before: Option<Predecessor>,
    envelopes: Vec<Arc<Envelope>>,
    /// The next number of each stream.
    next: BTreeMap<StreamId, u64>,
}

impl Log {
    pub(super) fn new(key: SecretKey, clock: Arc<dyn Clock>) -> Log {
        let log = Log { key, clock, news: watch::channel(0).0, inside: Mutex::default() };
        log.reopen();
        log
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The hub has started: it counts anew, in an epoch of its own.
    pub(super) fn reopen(&self) {
        let mut inside = self.inside();
        let (epoch, number) = (inside.epoch, inside.number);
        if number > 0 {
            inside.before = Some(Predecessor { epoch, number });
        } else {
            inside.previous = Hash::default();
        }
        inside.epoch = self.now().0.max(inside.epoch + 1);
        inside.number = 0;
    }

    /// A copy of all that it holds.
    pub(super) fn copy(&self) -> Inside {
        self.inside().clone()
    }

    /// The hub was restored from a copy. The epoch is one that nobody has seen.
    pub(super) fn restore(&self, copy: Inside) {
        let mut inside = self.inside();
        let (epoch, name) = (inside.epoch, inside.name);
        *inside = copy;
        let known = Predecessor { epoch: inside.epoch, number: inside.number };
        inside.before = Some(known).filter(|known| known.number > 0).or(inside.before);
        (inside.epoch, inside.number, inside.name) = (epoch, 0, name + 1);
        self.news.send_replace(inside.envelopes.len() as Place);
        drop(inside);
        self.reopen();
    }

    fn now(&self) -> Time {
        Time(self.clock.now().0.cast_unsigned())
    }

    /// Everything that it holds, in the order in which it came.
    pub(super) fn envelopes(&self) -> Vec<Arc<Envelope>> {
        self.inside().envelopes.clone()
    }

    /// Whether this is the next of its stream, and what its origin has said before is there.
    pub(super) fn lacks(&self, envelope: &Envelope) -> bool {
        let (inside, stream) = (self.inside(), envelope.stream());
        let next = |stream: &StreamId| inside.next.get(stream).copied().unwrap_or(1);
        let follows = envelope
            .predecessor()
            .is_none_or(|before| next(&StreamId { epoch: before.epoch, ..stream }) > before.number);
        envelope.number() == next(&stream) && follows
    }

    /// Takes what has come.
    pub(super) fn take(&self, envelope: Arc<Envelope>) {
        let mut inside = self.inside();
        inside.next.insert(envelope.stream(), envelope.number() + 1);
        inside.envelopes.push(envelope);
        self.news.send_replace(inside.envelopes.len() as Place);
    }

    fn append(&self, messages: &[Message], ttl: u32) -> Result<Posted, PostError> {
        let (number, previous, epoch) = {
            let inside = self.inside();
            (inside.number + 1, inside.previous, inside.epoch)
        };
        let (predecessor, time) = (self.inside().before.filter(|_| number == 1), self.now());
        let previous = if number == 1 && predecessor.is_none() { Hash::default() } else { previous };
        let draft = Draft { epoch, number, previous, predecessor, time, ttl, messages };
        let envelope = draft.sign(&self.key).map_err(|_| PostError::Unfit)?;
        let stream = envelope.stream();
        {
            let mut inside = self.inside();
            (inside.number, inside.previous) = (number, *envelope.hash());
        }
        self.take(Arc::new(envelope));
        Ok(Posted { stream, number, index: 0 })
    }
}

fn now<'a, T: Send + 'a>(answer: T) -> Answer<'a, T> {
    Box::pin(ready(answer))
}

impl Carrier for Log {
    fn identity(&self) -> PublicKey {
        self.key.public()
    }

    fn log_name(&self) -> u64 {
        self.inside().name
    }

    fn resume(&self, log: u64, place: Place) -> Answer<'_, Result<Place, Error>> {
        let inside = self.inside();
        let known = if log == inside.name { inside.envelopes.len() as Place } else { 0 };
        now(Ok(place.min(known)))
    }

    fn post(&self, _: PublicKey, messages: Vec<Message>, ttl: u32) -> Answer<'_, Result<Posted, PostError>> {
        Box::pin(async move {
            let posted = self.append(&messages, ttl);
            // As when a disk is waited for: here who asked may be gone.
            tokio::task::yield_now().await;
            posted
        })
    }

    fn read_after(&self, place: Place, limit: usize) -> Answer<'_, Result<Vec<Placed>, Error>> {
        let inside = self.inside();
        let behind = inside.envelopes.iter().enumerate().skip(place as usize);
        let found = behind.map(|(at, envelope)| (at as Place + 1, envelope.clone())).take(limit);
        now(Ok(found.collect()))
    }

    fn news(&self) -> watch::Receiver<Place> {
        self.news.subscribe()
    }

    fn envelope(&self, stream: StreamId, number: u64) -> Answer<'_, Result<Option<Arc<Envelope>>, Error>> {
        let inside = self.inside();
        let found = inside.envelopes.iter().find(|one| one.stream() == stream && one.number() == number);
        now(Ok(found.cloned()))
    }

    fn stream(
        &self,
        stream: StreamId,
        from: u64,
        limit: usize,
    ) -> Answer<'_, Result<Vec<Arc<Envelope>>, Error>> {
        let inside = self.inside();
        let ours = inside.envelopes.iter().filter(|one| one.stream() == stream && one.number() >= from);
        now(Ok(ours.take(limit).cloned().collect()))
    }

    fn add_origin(&self, _: SecretKey) {}

    fn remove_origin(&self, _: PublicKey) {}

    fn status(&self) -> Answer<'_, Result<Status, Error>> {
        now(Ok(Status::default()))
    }

    fn approve(&self, _: PublicKey) -> Answer<'_, Result<bool, Error>> {
        now(Ok(false))
    }

    fn block(&self, _: PublicKey) -> Answer<'_, Result<(), Error>> {
        now(Ok(()))
    }

    fn trim(&self, _: Time) -> Answer<'_, Result<u64, Error>> {
        now(Ok(0))
    }
}
