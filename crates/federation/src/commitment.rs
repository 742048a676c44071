//! An amount that is fixed before it is shown.

use crate::wire::{BidId, Hash, Money, Site};
use sha2::{Digest, Sha256};

const OFFER: &str = "anuko-offer-1";
const RESERVE: &str = "anuko-reserve-1";

/// Binds the amount of a bid: SHA-256("anuko-offer-1" ‖ origin ‖ auction (u64) ‖ bid ‖ amount (u64) ‖ salt). `salt`
/// is 32 random bytes that stay secret until the offer is shown.
pub fn offer(origin: Site, auction: u64, bid: BidId, amount: Money, salt: Hash) -> Hash {
    let hash = Sha256::new_with_prefix(OFFER)
        .chain_update(origin.0.bytes())
        .chain_update(auction.to_be_bytes())
        .chain_update(bid.0)
        .chain_update(amount.0.to_be_bytes())
        .chain_update(salt.0);
    Hash(hash.finalize().into())
}

/// Binds a reserve: SHA-256("anuko-reserve-1" ‖ origin ‖ auction (u64) ‖ amount (u64) ‖ salt).
pub fn reserve(origin: Site, auction: u64, amount: Money, salt: Hash) -> Hash {
    let hash = Sha256::new_with_prefix(RESERVE)
        .chain_update(origin.0.bytes())
        .chain_update(auction.to_be_bytes())
        .chain_update(amount.0.to_be_bytes())
        .chain_update(salt.0);
    Hash(hash.finalize().into())
}
