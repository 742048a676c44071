//! How the rulings of an auction hang together, and one hash over all auctions of an origin.

use crate::wire::Hash;
use sha2::{Digest, Sha256};

/// The chain head after a message of rulings: SHA-256 of the value of its `data`, exactly the bytes that were sent,
/// from the first brace to the last. The next message names it as `previous`.
pub fn head(data: &str) -> Hash {
    Hash(Sha256::digest(data.as_bytes()).into())
}

/// What a pulse says of one live auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Beat {
    /// The auction's number at the origin.
    pub auction: u64,
    /// The number of its last entry; 0 before the first.
    pub last: u32,
    /// The chain head after it; zeros before the first.
    pub head: Hash,
}

/// The digest of a pulse: SHA-256 over auction (u64), last entry (u32) and head (32) of each live auction, in
/// rising order of their numbers.
pub fn digest(beats: &[Beat]) -> Hash {
    let mut sorted = beats.to_vec();
    sorted.sort_unstable();
    let mut hash = Sha256::new();
    for beat in sorted {
        hash.update(beat.auction.to_be_bytes());
        hash.update(beat.last.to_be_bytes());
        hash.update(beat.head.0);
    }
    Hash(hash.finalize().into())
}
