//! What the doors need of the hub behind them.

#[cfg(test)]
mod in_memory;

#[cfg(test)]
pub(crate) use in_memory::InMemory;

use crate::envelope::{Envelope, Message, StreamId};
use crate::key::{PublicKey, SecretKey};
use crate::log::Proof;
use crate::node::{PostError, Posted};
use crate::status::Status;
use crate::time::Time;
use futures_util::future::BoxFuture;
use journal::Error;
use std::sync::Arc;
use tokio::sync::watch;

/// A place in the order in which a log hands envelopes to applications; the first one is above 0.
pub type Place = u64;

/// An envelope and where it stands.
pub type Placed = (Place, Arc<Envelope>);

/// A running hub, as applications and the webmaster see it.
pub trait Carrier: Send + Sync {
    /// The key of the hub itself.
    fn identity(&self) -> PublicKey;

    /// The name of the log, new at every start: with a place it tells where an application stands.
    fn log_name(&self) -> u64;

    /// After which place an application reads that has seen everything up to a place of the log of this name: exactly
    /// there, if this log goes on from that one, else earlier.
    fn resume(&self, log: u64, place: Place) -> BoxFuture<'_, Result<Place, Error>>;

    /// Signs messages of an application, numbers them and commits them; one to 256, together no more than an envelope
    /// holds. Their places in the envelope follow each other.
    fn post(
        &self,
        origin: PublicKey,
        messages: Vec<Message>,
        ttl: u32,
    ) -> BoxFuture<'_, Result<Posted, PostError>>;

    /// Committed envelopes behind a place, in the order in which applications see them: so many at most.
    fn read_after(&self, place: Place, limit: usize) -> BoxFuture<'_, Result<Vec<Placed>, Error>>;

    /// The place of the newest committed envelope; changes when there is news.
    fn news(&self) -> watch::Receiver<Place>;

    /// An envelope as it was received, if it is still there.
    fn envelope(&self, stream: StreamId, number: u64) -> BoxFuture<'_, Result<Option<Arc<Envelope>>, Error>>;

    /// The envelopes of a stream from a number on: so many at most.
    fn stream(
        &self,
        stream: StreamId,
        from: u64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Arc<Envelope>>, Error>>;

    /// An application has got a key.
    fn add_origin(&self, key: SecretKey);

    /// An application has lost its key.
    fn remove_origin(&self, key: PublicKey);

    /// How everything stands.
    fn status(&self) -> BoxFuture<'_, Result<Status, Error>>;

    /// Lets a neighbour in. `false`: there is none with this key.
    fn approve(&self, key: PublicKey) -> BoxFuture<'_, Result<bool, Error>>;

    /// Turns a key away, as neighbour and as origin.
    fn block(&self, key: PublicKey) -> BoxFuture<'_, Result<(), Error>>;

    /// Forgets a neighbour. `false`: there is none with this key, or it is blocked.
    fn forget(&self, key: PublicKey) -> BoxFuture<'_, Result<bool, Error>>;

    /// Posts again after others were seen to sign with the same key; says whether posting had stopped.
    fn resume_posting(&self) -> BoxFuture<'_, Result<bool, Error>>;

    /// The proof that an origin has signed what cannot both be, if there is one.
    fn proof(&self, origin: PublicKey) -> BoxFuture<'_, Result<Option<Proof>, Error>>;

    /// Whether the hub can do its work. Cheap: anybody may ask.
    fn is_well(&self) -> BoxFuture<'_, bool>;

    /// Lets go of envelopes from before a time; gives their number.
    fn trim(&self, before: Time) -> BoxFuture<'_, Result<u64, Error>>;
}
