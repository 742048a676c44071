//! The hub as its doors see it.

use super::{Closed, Hub};
use crate::applications::carrier::{Carrier, Place, Placed};
use crate::envelope::{Envelope, Message, StreamId};
use crate::key::{PublicKey, SecretKey};
use crate::log::{Cursor, LogName, Proof};
use crate::node::{Neighbour, Node, PostError, Posted, Standing};
use crate::status::Status;
use crate::time::Time;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use journal::Error;
use std::sync::Arc;
use tokio::sync::watch;

impl Carrier for Hub {
    fn identity(&self) -> PublicKey {
        self.identity()
    }

    fn log_name(&self) -> u64 {
        self.log_name().0
    }

    fn resume(&self, log: u64, place: Place) -> BoxFuture<'_, Result<Place, Error>> {
        self.resume(Cursor { log: LogName(log), place }).boxed()
    }

    fn post(
        &self,
        origin: PublicKey,
        messages: Vec<Message>,
        ttl: u32,
    ) -> BoxFuture<'_, Result<Posted, PostError>> {
        self.post(origin, messages, ttl).boxed()
    }

    fn read_after(&self, place: Place, limit: usize) -> BoxFuture<'_, Result<Vec<Placed>, Error>> {
        let found = self.read_after(place, limit);
        async move { Ok(found.await?.into_iter().map(|placed| (placed.place, placed.envelope)).collect()) }
            .boxed()
    }

    fn news(&self) -> watch::Receiver<Place> {
        self.news()
    }

    fn envelope(&self, stream: StreamId, number: u64) -> BoxFuture<'_, Result<Option<Arc<Envelope>>, Error>> {
        self.envelope(stream, number).boxed()
    }

    fn stream(
        &self,
        stream: StreamId,
        from: u64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Arc<Envelope>>, Error>> {
        self.stream(stream, from, limit).boxed()
    }

    fn add_origin(&self, key: SecretKey) {
        // A hub that is closed says so at the next post.
        let _ = self.add_origin(key);
    }

    fn remove_origin(&self, key: PublicKey) {
        // A hub that is closed posts nothing under any key.
        let _ = self.remove_origin(key);
    }

    fn status(&self) -> BoxFuture<'_, Result<Status, Error>> {
        self.status().boxed()
    }

    fn approve(&self, key: PublicKey) -> BoxFuture<'_, Result<bool, Error>> {
        async move {
            let known = self.look(move |node| node.neighbours().any(|one| one.key == key)).await;
            let known = known.map_err(closed)?;
            if known {
                self.approve(key).map_err(closed)?;
            }
            Ok(known)
        }
        .boxed()
    }

    fn block(&self, key: PublicKey) -> BoxFuture<'_, Result<(), Error>> {
        async move { self.block(key).map_err(closed) }.boxed()
    }

    fn forget(&self, key: PublicKey) -> BoxFuture<'_, Result<bool, Error>> {
        async move {
            let is_one = move |one: &Neighbour| one.key == key && one.standing != Standing::Blocked;
            let known = self.look(move |node| node.neighbours().any(is_one)).await.map_err(closed)?;
            if known {
                self.forget(key).map_err(closed)?;
            }
            Ok(known)
        }
        .boxed()
    }

    fn resume_posting(&self) -> BoxFuture<'_, Result<bool, Error>> {
        async move {
            let was_stopped = self.look(Node::is_cloned).await.map_err(closed)?;
            self.resume_posting().map_err(closed)?;
            Ok(was_stopped)
        }
        .boxed()
    }

    fn proof(&self, origin: PublicKey) -> BoxFuture<'_, Result<Option<Proof>, Error>> {
        self.proof(origin).boxed()
    }

    fn is_well(&self) -> BoxFuture<'_, bool> {
        // A node that has failed is looked at in vain, and a log that cannot be read answers nothing.
        async move { self.look(|_| ()).await.is_ok() && self.0.desk.log.is_well().await }.boxed()
    }

    fn trim(&self, before: Time) -> BoxFuture<'_, Result<u64, Error>> {
        self.trim(before).boxed()
    }
}

pub(super) fn closed(_: Closed) -> Error {
    Error::Closed
}
