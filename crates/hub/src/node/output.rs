//! What a node wants done.

use super::{Clones, LinkId};
use crate::envelope::{Envelope, Hash, StreamId};
use crate::frame::{Bye, Frame};
use crate::key::PublicKey;
use crate::time::Time;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What a node wants done.
#[derive(Clone, Debug)]
pub enum Output {
    /// Write all of this in one transaction, sync it, and say [`Input::Committed`](super::Input::Committed). There is no
    /// second one before that.
    Commit(Batch),
    /// Send a frame.
    Send {
        /// On this link.
        link: LinkId,
        /// The frame: HAVE, SKIP or BYE.
        frame: Frame,
    },
    /// Send envelopes, in MSG frames as large as they may be.
    Pass {
        /// On this link.
        link: LinkId,
        /// In this order.
        envelopes: Vec<Passed>,
    },
    /// Send this BYE and close the link. [`Input::Closed`](super::Input::Closed) need not follow.
    Close {
        /// The link.
        link: LinkId,
        /// Why.
        bye: Bye,
    },
    /// Look envelopes up and say [`Input::Fetched`](super::Input::Fetched).
    Fetch {
        /// For this link.
        link: LinkId,
        /// Of this stream.
        stream: StreamId,
        /// These numbers.
        range: RangeInclusive<u64>,
        /// Enough when so many bytes were found, but at least one envelope.
        bytes: usize,
    },
    /// Try to reach a neighbour at the address that it gave. Says [`Input::NotReached`](super::Input::NotReached) if that
    /// fails.
    Dial {
        /// Who must answer there.
        key: PublicKey,
        /// Where.
        address: String,
    },
    /// Messages of a local application are on disk, or not taken.
    Posted {
        /// As in [`Input::Post`](super::Input::Post).
        ticket: u64,
        /// The answer.
        result: Result<Posted, PostError>,
    },
    /// Keep this of a neighbour.
    Neighbour(super::RestoredNeighbour),
    /// Keep nothing of this neighbour any more.
    Forgotten(PublicKey),
    /// The webmaster should know.
    Alarm(Alarm),
}

/// An envelope that is passed on, and what is told beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The envelope.
    pub envelope: Arc<Envelope>,
    /// How many hubs it has passed when it leaves this one: 1 for what was posted here, 0 if that is not known. For people
    /// alone; nothing is decided by it.
    pub hops: u8,
}

/// What is written in one transaction, step by step.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// In this order.
    pub steps: Vec<Step>,
}

/// One change of the log.
#[derive(Clone, Debug)]
pub enum Step {
    /// Store an envelope and hand it to applications, after all before it.
    Append(Arc<Envelope>),
    /// Store an envelope that applications must not see yet: one before it is missing.
    Early(Arc<Envelope>),
    /// Hand early envelopes to applications now, after all before them.
    Release {
        /// The stream.
        stream: StreamId,
        /// Numbers; those that are not there are passed over.
        range: RangeInclusive<u64>,
    },
    /// Remember that these numbers need not come any more: given up, expired, refused.
    Settle {
        /// The stream.
        stream: StreamId,
        /// Numbers.
        range: RangeInclusive<u64>,
    },
    /// Remember that the origin has forked this stream, and both envelopes as the proof.
    Forked {
        /// The stream.
        stream: StreamId,
        /// The hash of what was there first.
        kept: Hash,
        /// What came later.
        other: Arc<Envelope>,
        /// When it came.
        at: Time,
    },
    /// Forget a stream; its envelopes may stay until they are trimmed.
    Forget(StreamId),
    /// Nothing of this origin at or below this time is taken again.
    Floor {
        /// Whose.
        origin: PublicKey,
        /// The time.
        floor: Time,
    },
    /// Remember that the webmaster has blocked this key.
    Block(PublicKey),
    /// Remember that the webmaster has let it in again.
    Unblock(PublicKey),
    /// Remember what is known of others that sign with a key of this node.
    Clones(Clones),
}

/// Where messages of an application are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// In which stream.
    pub stream: StreamId,
    /// In which envelope.
    pub number: u64,
    /// The place of the first message in the envelope, from 0.
    pub index: u16,
}

/// Why messages of an application were not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// The origin is none of this node.
    #[error("this key is none of this hub")]
    NoSuchOrigin,
    /// More than an envelope can hold, or a media type that is none.
    #[error("the message cannot be put into an envelope")]
    Unfit,
    /// More than the network would take from this origin. Ask again after so many seconds.
    #[error("too much at once; ask again in {0} s")]
    TooMuch(u32),
    /// The same key is in use elsewhere; the webmaster must say which one goes on.
    #[error("this node was cloned and posts nothing until its webmaster resumes it")]
    Cloned,
    /// The clocks of all neighbours differ from ours.
    #[error("the clock of this node is wrong, say all its neighbours")]
    Clock,
    /// The disk failed; nobody knows whether it is stored. Ask again with the same id.
    #[error("the log failed; ask again")]
    Failed,
}

/// How a neighbour stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Waits for the webmaster's yes.
    Pending,
    /// Served.
    Active,
    /// All attempts have failed: excluded from fan-out until it comes back.
    Inactive,
    /// Turned away.
    Blocked,
}

/// What the webmaster should know.
#[derive(Clone, Debug)]
pub enum Alarm {
    /// An origin has signed two envelopes under one number, or one that does not follow the one before it. Both are the
    /// proof.
    Forked {
        /// The stream.
        stream: StreamId,
        /// The number.
        number: u64,
        /// The hash of what was there first.
        kept: Hash,
        /// What came later.
        other: Arc<Envelope>,
    },
    /// Somebody else signs with the key of this node.
    Cloned {
        /// It has happened twice within a day: this node posts nothing until it is resumed.
        stopped: bool,
    },
    /// All neighbours disagree with the clock of this node; true when it begins, false when it is over.
    Clock(bool),
    /// All attempts to reach a neighbour have failed.
    Deactivated(PublicKey),
    /// It is back.
    Reactivated(PublicKey),
    /// Somebody asks to be let in.
    AsksToJoin(PublicKey),
}
