//! How an auction stands, as everybody may know.

use super::malformed::{Malformed, expect};
use super::{Hash, Length, Moment, Money, Site, number};
use serde::{Deserialize, Serialize};

/// Where in its life a listed auction is. Whether an open one has opened yet is told by its terms and the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Scheduled, or taking offers, or about to be closed.
    Open,
    /// Closed with a winner.
    Sold,
    /// Closed without.
    Unsold,
    /// Taken off.
    Withdrawn,
}

/// Somebody who bids, as others know him: a site and a number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Bidder {
    /// The bidder's site; absent for the origin itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// The bidder's number at that site in this auction, from 1.
    #[serde(deserialize_with = "number::positive")]
    pub number: u32,
}

/// How an auction stands after its last entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Number of the last entry; 0 before the first.
    #[serde(deserialize_with = "number::count")]
    pub last: u32,
    /// The chain head after it. Absent inside rulings, whose own hash it would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Hash>,
    /// Where in its life.
    pub phase: Phase,
    /// When it was closed or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// The price; absent before the first offer, in sealed auctions before the close, and while a clock falls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// Who leads, or has won.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Bidder>,
    /// How many offers stand.
    #[serde(deserialize_with = "number::count")]
    pub offers: u32,
    /// Whether the reserve is met; absent without one and in sealed auctions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve_met: Option<bool>,
    /// Whether the buy-now price is still to be had.
    pub buy_now: bool,
    /// The effective end.
    pub ends_at: Moment,
    /// How often an outage has moved the end.
    #[serde(default, deserialize_with = "number::count")]
    pub postponed: u32,
    /// How long outages have made a falling clock stand still, in microseconds.
    pub stood_still: Length,
    /// Who has won; present if and only if it is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub winner: Option<Bidder>,
    /// What the winner pays; present if and only if it is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_price: Option<Money>,
}

impl State {
    /// The rules between its fields. `inside_rulings`: the head must be absent there, and present elsewhere.
    pub(super) fn check(&self, inside_rulings: bool) -> Result<(), Malformed> {
        let sold = self.phase == Phase::Sold;
        expect(self.head.is_none() == inside_rulings, "head", "misplaced or missing")?;
        expect(self.at.is_some() != (self.phase == Phase::Open), "at", "present if and only if it is over")?;
        expect(self.winner.is_some() == sold, "winner", "present if and only if it is sold")?;
        expect(self.sold_price.is_some() == sold, "sold_price", "present if and only if it is sold")
    }
}
