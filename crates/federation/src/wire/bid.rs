//! A bid on its way to the origin.

use super::malformed::Malformed;
use super::{BidId, Hash, SealedBox, Site, number};
use serde::{Deserialize, Serialize};

/// What kind of bid it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A maximum, a minimum, or a sealed amount.
    Offer,
    /// Takes the price of a falling clock.
    Take,
    /// Buys at the buy-now price.
    Buy,
}

/// `bid`: a bid of somebody at another site. That site is who signed the envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bid {
    /// The site that decides.
    pub origin: Site,
    /// The auction's number there.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// The version of the listing that was looked at.
    #[serde(deserialize_with = "number::positive")]
    pub version: u32,
    /// The id of the bid, chosen by the bidder's site. The same id is the same bid.
    pub bid: BidId,
    /// What is asked.
    pub kind: Kind,
    /// The bidder's number at that site in this auction, from 1.
    #[serde(deserialize_with = "number::positive")]
    pub number: u32,
    /// What the amount is bound to.
    pub commitment: Hash,
    /// The offer, sealed to the auction.
    pub offer: SealedBox,
    /// The contact, sealed to the auction; opened for the winner only.
    pub contact: SealedBox,
}

impl Bid {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        Ok(())
    }
}
