//! What is said at the end: closed, opened, withdrawn.

use super::malformed::{Malformed, expect};
use super::{BidId, Bidder, Hash, Line, Moment, Money, Site, number};
use serde::{Deserialize, Serialize};

/// How an auction was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Somebody has won.
    Sold,
    /// Nobody has.
    Unsold,
}

/// Who has won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Winner {
    /// The winner's site; absent for the origin itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// The winner's number at that site in this auction.
    #[serde(deserialize_with = "number::positive")]
    pub number: u32,
    /// The bid that won.
    pub bid: BidId,
}

impl Winner {
    /// As a bidder.
    pub fn bidder(&self) -> Bidder {
        Bidder { site: self.site, number: self.number }
    }
}

/// `closed`: the outcome. After an unmet reserve a second one may follow, when the seller accepts the leader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The auction's number at the origin.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// Number of the last entry.
    #[serde(deserialize_with = "number::positive")]
    pub last: u32,
    /// The chain head after it.
    pub head: Hash,
    /// When it was closed.
    pub at: Moment,
    /// What came of it.
    pub outcome: Outcome,
    /// Who has won; present if and only if it is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winner: Option<Winner>,
    /// What the winner pays; present if and only if it is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

/// An offer that is shown after the close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedOffer {
    /// The number of its entry.
    #[serde(deserialize_with = "number::positive")]
    pub n: u32,
    /// The amount.
    pub amount: Money,
    /// The random bytes of its commitment.
    pub salt: Hash,
}

/// The reserve, where it is shown after the close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedReserve {
    /// The amount.
    pub amount: Money,
    /// The random bytes of its commitment.
    pub salt: Hash,
}

/// The most offers of one message; what is more comes in further ones.
pub(crate) const OPENED_MOST: usize = 400;

/// `opened`: the revealed offers. Several of them add up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The auction's number at the origin.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// In order of their numbers.
    pub offers: Vec<OpenedOffer>,
    /// The reserve, if there was one and it was met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<OpenedReserve>,
}

/// `withdrawn`: the item is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The auction's number at the origin.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// Number of the last entry.
    #[serde(deserialize_with = "number::positive")]
    pub last: u32,
    /// The chain head after it.
    pub head: Hash,
    /// When it was withdrawn.
    pub at: Moment,
    /// Why; may be empty.
    #[serde(default)]
    pub reason: Line<2000>,
}

impl Closed {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        let sold = self.outcome == Outcome::Sold;
        expect(self.winner.is_some() == sold, "winner", "present if and only if it is sold")?;
        expect(self.price.is_some() == sold, "price", "present if and only if it is sold")
    }
}

impl Opened {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        expect(self.offers.len() <= OPENED_MOST, "offers", "too many")?;
        let rising = self.offers.windows(2).all(|pair| pair[0].n < pair[1].n);
        expect(rising, "offers", "not in order of their numbers")
    }
}

impl Withdrawn {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        Ok(())
    }
}
