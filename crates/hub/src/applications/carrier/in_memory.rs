//! A hub without neighbours and without a disk: for tests of the doors.

use super::{Carrier, Place, Placed};
use crate::envelope::{Draft, Envelope, Hash, Message, StreamId};
use crate::key::{PublicKey, SecretKey};
use crate::log::Proof;
use crate::node::{PostError, Posted};
use crate::status::Status;
use crate::time::Time;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use journal::Error;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Keeps all envelopes in a list; its place is one more than the index there.
pub(crate) struct InMemory {
    key: SecretKey,
    opened: Time,
    news: watch::Sender<Place>,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    origins: HashMap<PublicKey, (SecretKey, u64, Hash)>,
    log: Vec<Arc<Envelope>>,
    refusals: Vec<PostError>,
    status: Status,
    reads: usize,
}

impl InMemory {
    /// A hub that was opened at a time.
    pub(crate) fn opened(opened: Time) -> Arc<InMemory> {
        let key = SecretKey::from_seed([9; 32]);
        Arc::new(InMemory { key, opened, news: watch::channel(0).0, inside: Mutex::default() })
    }

    /// The next posts fail like this, in this order; the last of the list first.
    pub(crate) fn refuse(&self, refusals: &[PostError]) {
        self.inside().refusals = refusals.to_vec();
    }

    /// What is told of neighbours and counters.
    pub(crate) fn tell(&self, status: Status) {
        self.inside().status = status;
    }

    /// How many envelopes there are.
    pub(crate) fn length(&self) -> usize {
        self.inside().log.len()
    }

    /// How often somebody has read on.
    pub(crate) fn reads(&self) -> usize {
        self.inside().reads
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append(&self, origin: PublicKey, messages: &[Message], ttl: u32) -> Result<Posted, PostError> {
        let mut inside = self.inside();
        if let Some(refusal) = inside.refusals.pop() {
            return Err(refusal);
        }
        let (key, number, previous) = inside.origins.get_mut(&origin).ok_or(PostError::NoSuchOrigin)?;
        let (epoch, time) = (self.opened.0, self.opened);
        let predecessor = None;
        let draft =
            Draft { epoch, number: *number + 1, previous: *previous, predecessor, time, ttl, messages };
        let envelope = draft.sign(key).map_err(|_| PostError::Unfit)?;
        (*number, *previous) = (*number + 1, *envelope.hash());
        let posted = Posted { stream: envelope.stream(), number: envelope.number(), index: 0 };
        inside.log.push(Arc::new(envelope));
        self.news.send_replace(inside.log.len() as Place);
        Ok(posted)
    }
}

impl Carrier for InMemory {
    fn identity(&self) -> PublicKey {
        self.key.public()
    }

    fn log_name(&self) -> u64 {
        self.opened.0
    }

    fn resume(&self, log: u64, place: Place) -> BoxFuture<'_, Result<Place, Error>> {
        let known = if log == self.opened.0 { self.length() as Place } else { 0 };
        ready(Ok(place.min(known))).boxed()
    }

    fn post(
        &self,
        origin: PublicKey,
        messages: Vec<Message>,
        ttl: u32,
    ) -> BoxFuture<'_, Result<Posted, PostError>> {
        async move {
            // Others have their turn, as when a disk is waited for.
            tokio::task::yield_now().await;
            self.append(origin, &messages, ttl)
        }
        .boxed()
    }

    fn read_after(&self, place: Place, limit: usize) -> BoxFuture<'_, Result<Vec<Placed>, Error>> {
        let mut inside = self.inside();
        inside.reads += 1;
        let placed = inside.log.iter().enumerate().map(|(at, envelope)| (at as Place + 1, envelope.clone()));
        let found = placed.filter(|(at, _)| *at > place).take(limit).collect();
        ready(Ok(found)).boxed()
    }

    fn news(&self) -> watch::Receiver<Place> {
        self.news.subscribe()
    }

    fn envelope(&self, stream: StreamId, number: u64) -> BoxFuture<'_, Result<Option<Arc<Envelope>>, Error>> {
        let inside = self.inside();
        let mut log = inside.log.iter();
        let found = log.find(|envelope| envelope.stream() == stream && envelope.number() == number);
        ready(Ok(found.cloned())).boxed()
    }

    fn stream(
        &self,
        stream: StreamId,
        from: u64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Arc<Envelope>>, Error>> {
        let inside = self.inside();
        let ours = inside.log.iter().filter(|one| one.stream() == stream && one.number() >= from);
        ready(Ok(ours.take(limit).cloned().collect())).boxed()
    }

    fn add_origin(&self, key: SecretKey) {
        self.inside().origins.entry(key.public()).or_insert((key, 0, [0; 32]));
    }

    fn remove_origin(&self, key: PublicKey) {
        self.inside().origins.remove(&key);
    }

    fn status(&self) -> BoxFuture<'_, Result<Status, Error>> {
        ready(Ok(self.inside().status.clone())).boxed()
    }

    fn approve(&self, key: PublicKey) -> BoxFuture<'_, Result<bool, Error>> {
        let known = self.inside().status.neighbours.iter().any(|one| one.key == key);
        ready(Ok(known)).boxed()
    }

    fn block(&self, _: PublicKey) -> BoxFuture<'_, Result<(), Error>> {
        ready(Ok(())).boxed()
    }

    fn forget(&self, key: PublicKey) -> BoxFuture<'_, Result<bool, Error>> {
        self.approve(key)
    }

    fn resume_posting(&self) -> BoxFuture<'_, Result<bool, Error>> {
        ready(Ok(false)).boxed()
    }

    fn proof(&self, _: PublicKey) -> BoxFuture<'_, Result<Option<Proof>, Error>> {
        ready(Ok(None)).boxed()
    }

    fn is_well(&self) -> BoxFuture<'_, bool> {
        ready(true).boxed()
    }

    fn trim(&self, _: Time) -> BoxFuture<'_, Result<u64, Error>> {
        ready(Ok(0)).boxed()
    }
}
