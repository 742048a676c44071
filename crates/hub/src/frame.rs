//! What travels on a link: six frames, each one binary message of the WebSocket. `docs/protocol.md` has the layout.

mod read;
mod write;

use crate::envelope::StreamId;
use crate::key::PublicKey;
use crate::ranges::Ranges;
use crate::time::Time;
use bytes::Bytes;

/// The WebSocket sub-protocol.
pub const SUB_PROTOCOL: &str = "anuko-hub.1";

/// The most entries of one HAVE or SKIP.
pub const ENTRIES_MOST: usize = 500;

/// The most ranges above the settled number of one entry. A receiver with more states the lowest.
pub const RANGES_MOST: usize = 64;

/// A MSG frame holds envelopes up to so many bytes together, unless it holds only one.
pub const MSG_BYTES: usize = 64 * 1024;

/// More bytes than this no frame has: the largest envelope, or a full HAVE.
pub const FRAME_MOST: usize = 1024 * 1024;

/// The longest name or software text, in bytes.
pub const NAME_MOST: usize = 100;

/// The longest address or host, in bytes.
pub const ADDRESS_MOST: usize = 255;

/// The longest reason of a BYE, in bytes.
pub const REASON_MOST: usize = 200;

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The first frame, both ways: who I am.
    Hello(Hello),
    /// The second frame, both ways: the proof.
    Auth(Auth),
    /// What I have, and what I want pushed.
    Have(Have),
    /// Envelopes.
    Msg(Vec<Carried>),
    /// Numbers that I have settled and can no longer send.
    Skip(Vec<Skip>),
    /// The last frame.
    Bye(Bye),
}

/// Which end of a link a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It dialled: the downstream node, or an attempt to reach one.
    Dialler,
    /// It was dialled.
    Listener,
}

/// Who a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Its key.
    pub key: PublicKey,
    /// 32 random bytes of this connection.
    pub nonce: [u8; 32],
    /// Which end it is.
    pub side: Side,
    /// Its clock.
    pub clock: Time,
    /// How long it keeps messages, in seconds.
    pub retention: u32,
    /// The largest envelope that it takes, in bytes.
    pub envelope_most: u32,
    /// How many envelopes may be on their way to it.
    pub window_envelopes: u32,
    /// And how many bytes.
    pub window_bytes: u32,
    /// What people call it.
    pub name: String,
    /// Where it can be dialled (`wss://…`); empty if nowhere.
    pub address: String,
    /// Program and version.
    pub software: String,
}

/// The proof that a node has the key that it named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auth {
    /// The host and port that were dialled, as both sides sign it.
    pub host: String,
    /// See [`auth_bytes`](crate::handshake::auth_bytes).
    pub signature: [u8; 64],
}

/// What a node has of streams: acknowledgement, announcement, and request to catch up in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Have {
    /// The first account of all streams ends with this frame.
    pub complete: bool,
    /// One for each stream of which there is news.
    pub entries: Vec<Position>,
}

/// What a node has of one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The stream.
    pub stream: StreamId,
    /// Numbers that are committed, or given up.
    pub settled: Ranges,
    /// Send me all that I did not state, and what comes.
    pub push: bool,
}

/// An envelope on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// How many hubs it has passed. Not signed; a metric only.
    pub hops: u8,
    /// The bytes of the envelope.
    pub envelope: Bytes,
}

/// Numbers that are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skip {
    /// The stream.
    pub stream: StreamId,
    /// The first number.
    pub first: u64,
    /// The last number.
    pub last: u64,
}

/// Why a link ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bye {
    /// For programs.
    pub reason: Reason,
    /// Do not dial again for so many seconds.
    pub retry_after: u32,
    /// For people.
    pub text: String,
}

/// Why a link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The node stops.
    Stopping,
    /// Who dials must first be approved by the webmaster.
    NotApproved,
    /// Who dials is blocked, or not on the list.
    NotAllowed,
    /// The proof was wrong.
    NotProved,
    /// A frame could not be read, or came out of turn.
    Malformed,
    /// A newer link of the same key took its place.
    Replaced,
    /// Too many neighbours, or too much at once.
    Busy,
    /// Nothing was acknowledged for too long.
    Stalled,
    /// The largest frame or envelope was exceeded.
    TooLarge,
    /// Too many signatures were wrong.
    Forged,
    /// Something failed here; nothing was wrong with the other side.
    Failed,
}
