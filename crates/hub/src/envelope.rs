//! The signed and numbered unit: one or more messages of one origin under one signature.
//!
//! An envelope is stored and passed on as the bytes that were received, never encoded again. `docs/protocol.md` has the
//! layout and test vectors.

mod read;
mod verify;
pub(crate) mod write;

pub use verify::{Checked, Forged, Seal};
pub use write::Draft;
pub(crate) use write::{OVERHEAD, weight};

use crate::key::PublicKey;
use crate::time::{Span, Time};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::fmt;

/// The kind of bytes that are signed. See [`pre_authentication_encoding`](crate::pre_authentication_encoding).
pub const SIGNED_AS: &str = "application/vnd.anuko.hub.envelope.v1";

/// The version of the layout.
pub const VERSION: u8 = 1;

/// The most messages of one envelope.
pub const MESSAGES_MOST: usize = 256;

/// More than this no hub takes; [`BYTES_ALWAYS`] every hub takes.
pub const BYTES_MOST: usize = 256 * 1024;

/// So much every hub has to take: what CloudEvents asks of whoever passes events on.
pub const BYTES_ALWAYS: usize = 64 * 1024;

/// The longest media type.
pub const MEDIA_TYPE_MOST: usize = 127;

/// The numbers of one origin from one opening of its log to the next. Within it they have no holes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    /// Whose.
    pub origin: PublicKey,
    /// The microsecond at which the origin opened its log.
    pub epoch: u64,
}

/// SHA-256 of all bytes of an envelope.
pub type Hash = [u8; 32];

/// One message: a media type, and a body that no hub looks into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What the body is, as in `Content-Type`: 1 to 127 bytes of printable ASCII.
    pub media_type: String,
    /// The body.
    pub body: Bytes,
}

/// The last envelope of an epoch, as the first one of the next epoch names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Predecessor {
    /// The earlier epoch.
    pub epoch: u64,
    /// Its last number.
    pub number: u64,
}

/// An envelope whose layout is right. Whether its signature is right is told by [`Seal::check`].
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    bytes: Bytes,
    hash: Hash,
    stream: StreamId,
    number: u64,
    previous: Hash,
    time: Time,
    ttl: u32,
    predecessor: Option<Predecessor>,
    messages: u16,
    /// Where the first message begins.
    body: usize,
}

impl Envelope {
    /// The bytes as received.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// SHA-256 of these bytes.
    pub fn hash(&self) -> &Hash {
        &self.hash
    }

    /// Origin and epoch.
    pub fn stream(&self) -> StreamId {
        self.stream
    }

    /// Its number in the stream: 1, 2, 3 …
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The hash of the envelope before it; for number 1 of the last one of the epoch before, or zeros.
    pub fn previous(&self) -> &Hash {
        &self.previous
    }

    /// When the origin signed it. Never falls within an origin.
    pub fn time(&self) -> Time {
        self.time
    }

    /// How many seconds after its time it is worth delivering; 0 for as long as it is kept.
    pub fn ttl(&self) -> u32 {
        self.ttl
    }

    /// Whether it is too old to be delivered.
    pub fn has_expired(&self, now: Time) -> bool {
        self.ttl > 0 && now > self.time + Span::seconds(u64::from(self.ttl))
    }

    /// The last envelope of the epoch before, which number 1 names if there was one.
    pub fn predecessor(&self) -> Option<Predecessor> {
        self.predecessor
    }

    /// How many messages are in it.
    pub fn message_count(&self) -> usize {
        usize::from(self.messages)
    }
}

fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.origin, self.epoch)
    }
}

impl fmt::Debug for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}/{}", self.origin, self.epoch)
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}/{} ({} messages)", self.stream, self.number, self.messages)
    }
}
