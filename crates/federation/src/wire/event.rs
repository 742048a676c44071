//! The event around each message: CloudEvents 1.0 in JSON.

mod body;
mod read;
mod write;

pub use body::Body;
pub use read::read;
pub use write::Written;

use super::Line;

/// The most bytes of an event.
pub const EVENT_MOST: usize = hub::applications::event::EVENT_MOST;

/// What `type` begins with.
pub(crate) const TYPE_BEGINS: &str = "com.anuko.auction.";

/// And ends with.
pub(crate) const TYPE_ENDS: &str = ".v1";

/// A message with its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Names the event within its source. The same again is the same event.
    pub id: Line<256>,
    /// Who says that it is from there; proves nothing.
    pub source: Line<500>,
    /// When the event was made, as RFC 3339, if somebody said so. Nothing is decided by it.
    pub time: Option<Line<64>>,
    /// The message.
    pub body: Body,
}

/// A message as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What it says.
    pub event: Event,
    /// The value of `data`, byte for byte: what the chain of rulings is made over.
    pub data: String,
}
