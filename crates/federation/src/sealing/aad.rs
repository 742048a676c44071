//! To what a box is bound. Numbers are big-endian; nothing stands between the parts.

use crate::wire::{Bid, BidId, Hash, Site};

/// The bid that an offer or a contact belongs to: 128 bytes. Origin key (32), auction (8), version of the listing (4),
/// key of the bidder's site (32), bid (16), number of the bidder (4), commitment (32).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidAad {
    /// The site that decides.
    pub origin: Site,
    /// The auction's number there.
    pub auction: u64,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// The bidder's site.
    pub site: Site,
    /// The id of the bid.
    pub bid: BidId,
    /// The bidder's number at that site.
    pub number: u32,
    /// What the amount is bound to.
    pub commitment: Hash,
}

/// The entry that a code belongs to: origin key (32), auction (8), number of the entry (4; 0 for a bid that was refused
/// before it was one), bid (16; zeros for an entry that is no bid).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeAad {
    /// The site that decided.
    pub origin: Site,
    /// The auction's number there.
    pub auction: u64,
    /// The number of the entry.
    pub n: u32,
    /// The id of the bid, if it is one.
    pub bid: Option<BidId>,
}

/// The message that a memo belongs to: origin key (32), auction (8), number of the first entry of rulings (4; 0 for a
/// listing).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoAad {
    /// The site that decided, and that alone can open it.
    pub origin: Site,
    /// The auction's number there.
    pub auction: u64,
    /// The number of the first entry of the message.
    pub first: u32,
}

impl BidAad {
    /// Of a bid that came from this site.
    pub fn of(bid: &Bid, site: Site) -> BidAad {
        let Bid { origin, auction, version, bid: id, number, commitment, .. } = *bid;
        BidAad { origin, auction, version, site, bid: id, number, commitment }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        [
            &self.origin.0.bytes()[..],
            &self.auction.to_be_bytes(),
            &self.version.to_be_bytes(),
            self.site.0.bytes(),
            &self.bid.0,
            &self.number.to_be_bytes(),
            &self.commitment.0,
        ]
        .concat()
    }
}

impl CodeAad {
    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let bid = self.bid.map_or([0; 16], |bid| bid.0);
        [&self.origin.0.bytes()[..], &self.auction.to_be_bytes(), &self.n.to_be_bytes(), &bid].concat()
    }
}

impl MemoAad {
    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        [&self.origin.0.bytes()[..], &self.auction.to_be_bytes(), &self.first.to_be_bytes()].concat()
    }
}
