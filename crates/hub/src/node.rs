//! A node as a pure state machine: an input and the time in, outputs out. No socket, no file, no clock, no randomness.

mod input;
mod output;

pub use input::{Input, Peer, Restored, RestoredNeighbour, RestoredOrigin, RestoredStream};
pub use output::{Alarm, Batch, Output, PostError, Posted, Standing, Step};

/// A link while it is open: a number that the edge chooses, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);
