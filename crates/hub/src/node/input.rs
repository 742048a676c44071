//! What can happen to a node.

use super::{Clones, LinkId};
use crate::envelope::{Checked, Envelope, Hash, Message, Predecessor, StreamId};
use crate::frame::{Have, Skip};
use crate::key::{PublicKey, SecretKey};
use crate::ranges::Ranges;
use crate::time::Time;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What can happen to a node.
#[derive(Debug)]
pub enum Input {
    /// A link was opened, and both sides have proved who they are.
    Opened {
        /// Its number.
        link: LinkId,
        /// The other side.
        peer: Peer,
    },
    /// A link is gone.
    Closed {
        /// Its number.
        link: LinkId,
    },
    /// A HAVE came.
    Have {
        /// On this link.
        link: LinkId,
        /// The frame.
        have: Have,
    },
    /// A SKIP came.
    Skip {
        /// On this link.
        link: LinkId,
        /// The frame.
        skips: Vec<Skip>,
    },
    /// Envelopes came, and their signatures are right.
    Received {
        /// On this link.
        link: LinkId,
        /// In the order in which they came.
        envelopes: Vec<Checked>,
    },
    /// Envelopes came whose signature is wrong.
    Forged {
        /// On this link.
        link: LinkId,
        /// How many.
        count: u64,
    },
    /// The batch of [`Output::Commit`] is on disk.
    Committed,
    /// It is not, or nobody knows.
    NotCommitted,
    /// The answer to [`Output::Fetch`].
    Fetched {
        /// For this link.
        link: LinkId,
        /// Of this stream.
        stream: StreamId,
        /// What was looked up; it may end earlier than what was asked for, where that was too much.
        range: RangeInclusive<u64>,
        /// What the log has of it, in order. What is missing is gone.
        found: Vec<Arc<Envelope>>,
    },
    /// A local application has messages.
    Post {
        /// Names it in the answer.
        ticket: u64,
        /// Under which key.
        origin: PublicKey,
        /// One to 256.
        messages: Vec<Message>,
        /// Seconds; 0 for as long as they are kept.
        ttl: u32,
    },
    /// An application has got a key.
    OriginAdded(Box<SecretKey>),
    /// An application has lost its key.
    OriginRemoved(PublicKey),
    /// An attempt to reach a neighbour has ended without a link.
    NotReached(PublicKey),
    /// The log has let go of the oldest envelopes of a stream.
    Trimmed {
        /// The stream.
        stream: StreamId,
        /// Up to this number.
        to: u64,
    },
    /// The webmaster lets a neighbour link.
    Approve(PublicKey),
    /// The webmaster blocks a key, as neighbour and as origin.
    Block(PublicKey),
    /// The webmaster wants a neighbour forgotten; one that is blocked stays blocked.
    Forget(PublicKey),
    /// A node that found itself cloned posts again.
    Resume,
    /// Nothing but time has passed.
    Tick,
}

/// The other side of a link.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Its key.
    pub key: PublicKey,
    /// What people call it.
    pub name: String,
    /// Where it can be dialled; empty if nowhere.
    pub address: String,
    /// It is one of our upstreams, which we dialled because the settings say so.
    pub is_upstream: bool,
    /// Its clock when it said HELLO.
    pub clock: Time,
    /// How many envelopes may be on their way to it.
    pub window_envelopes: u32,
    /// And how many bytes.
    pub window_bytes: u32,
    /// The largest envelope that it takes, in bytes.
    pub envelope_most: u32,
}

/// What a node knows when it starts: what its log has.
#[derive(Clone, Debug, Default)]
pub struct Restored {
    /// All streams.
    pub streams: Vec<RestoredStream>,
    /// Origins with something to remember.
    pub origins: Vec<RestoredOrigin>,
    /// Neighbours.
    pub neighbours: Vec<RestoredNeighbour>,
    /// Keys of upstreams, as far as settings and pins tell.
    pub upstreams: BTreeSet<PublicKey>,
    /// What is known of others that sign with a key of this node.
    pub clones: Clones,
}

/// A stream of the log.
#[derive(Clone, Debug)]
pub struct RestoredStream {
    /// The first envelope that applications have not seen: its number, the hash that it names as its previous, when it was
    /// signed.
    pub early: Option<(u64, Hash, Time)>,
    /// Which.
    pub id: StreamId,
    /// Numbers that are committed or given up.
    pub held: Ranges,
    /// Of these, all up to here were handed to applications.
    pub delivered: u64,
    /// Of these, the log has let go of all up to here.
    pub trimmed: u64,
    /// And above that these were never in it: given up, expired, too old.
    pub absent: Ranges,
    /// Number, hash and time of the last envelope of the log, if it has any.
    pub last: Option<(u64, Hash, Time)>,
    /// What its number 1 names.
    pub predecessor: Option<Predecessor>,
    /// The origin has forked it.
    pub forked: bool,
}

/// An origin with something to remember.
#[derive(Clone, Copy, Debug)]
pub struct RestoredOrigin {
    /// Whose.
    pub key: PublicKey,
    /// Nothing at or below this time is taken again.
    pub floor: Time,
    /// The webmaster has blocked it.
    pub blocked: bool,
}

/// A neighbour as it was.
#[derive(Clone, Debug)]
pub struct RestoredNeighbour {
    /// Its key.
    pub key: PublicKey,
    /// Name and address, as it said last.
    pub name: String,
    /// Where it can be dialled; empty if nowhere.
    pub address: String,
    /// See [`Output::Neighbour`](super::Output::Neighbour).
    pub standing: super::output::Standing,
    /// Attempts so far.
    pub attempts: u8,
    /// Since when it is inactive, if it is.
    pub inactive_since: Option<Time>,
}
