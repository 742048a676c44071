//! One entry, as strangers may know it.

use crate::wire::malformed::{Malformed, expect};
use crate::wire::{BidId, Bidder, Hash, Line, Moment, Money, SealedBox, Site, number};
use serde::{Deserialize, Serialize};

/// What an entry was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An offer.
    Offer,
    /// The price on a falling clock was taken.
    Take,
    /// Bought at the buy-now price.
    Buy,
    /// A bidder took offers back.
    Retract,
    /// Seller, moderator or site cancelled offers.
    Cancel,
    /// The seller sold before the end.
    EndEarly,
    /// Taken off.
    Withdraw,
    /// The seller accepted the leader after an unmet reserve.
    Accept,
    /// The end has come.
    Close,
    /// An outage has moved the end.
    Postpone,
    /// Something between one person and the origin, of which strangers learn only that it was decided. It may be a
    /// lowered reserve. `accepted` is false, whatever came of it.
    Private,
}

impl What {
    /// Whether it is a bid.
    pub fn is_bid(self) -> bool {
        matches!(self, What::Offer | What::Take | What::Buy)
    }
}

/// From when to when the origin was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// The last sign of life before.
    pub from: Moment,
    /// The first after.
    pub to: Moment,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Its number: 1, 2, 3 … within the auction.
    #[serde(deserialize_with = "number::positive")]
    pub n: u32,
    /// What it was about.
    pub what: What,
    /// The id of a bid. Absent for what is no bid, and for refused bids of the origin's own bidders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bid: Option<BidId>,
    /// The bidder's site; absent for the origin itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// The bidder's number there: whose bid, or whose offers were taken away.
    #[serde(default, deserialize_with = "number::optional", skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// What the bid's amount is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Hash>,
    /// Its arrival.
    pub at: Moment,
    /// The version of the listing that was looked at; only bids have one.
    #[serde(default, deserialize_with = "number::optional", skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The verdict.
    pub accepted: bool,
    /// Why, sealed to the bidder's site: of a refused bid from elsewhere its code, of a cancelled one the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<SealedBox>,
    /// Numbers of the offers that it took away, in rising order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<u32>,
    /// When the origin was away, where that moved the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<Away>,
    /// Why, where that is everybody's business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line<2000>>,
    /// The price after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// Who led after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leader: Option<Bidder>,
    /// The end after it; absent where it changed nothing that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Moment>,
}

/// The most offers that one entry takes away.
const REMOVED_MOST: usize = 4096;

impl Ruling {
    /// Whose bid it is, or whose offers were taken away; `None` where strangers do not learn it.
    pub fn bidder(&self) -> Option<Bidder> {
        self.number.map(|number| Bidder { site: self.site, number })
    }

    pub(super) fn check(&self) -> Result<(), Malformed> {
        let bid = self.what.is_bid();
        expect(bid || self.bid.is_none(), "bid", "only bids have one")?;
        expect(bid || self.commitment.is_none(), "commitment", "only bids have one")?;
        expect(!(bid && self.accepted) || self.bid.is_some(), "bid", "missing")?;
        expect(!(bid && self.accepted) || self.commitment.is_some(), "commitment", "missing")?;
        expect(!(bid && self.accepted) || self.version.is_some(), "version", "missing")?;
        expect(self.bid.is_some() || self.site.is_none() || !bid, "bid", "missing")?;
        expect(self.what != What::Private || !self.accepted, "accepted", "not told of what is private")?;
        expect(
            self.away.is_some() == (self.what == What::Postpone),
            "away",
            "only with postpone, and always",
        )?;
        expect(self.removed.len() <= REMOVED_MOST, "removed", "too many")?;
        let rising = self.removed.windows(2).all(|pair| pair[0] < pair[1]);
        let earlier = self.removed.last().is_none_or(|last| *last < self.n);
        expect(rising && earlier, "removed", "not rising numbers of earlier entries")?;
        let takes = matches!(self.what, What::Retract | What::Cancel) && self.accepted;
        expect(takes || self.removed.is_empty(), "removed", "it takes nothing away")
    }
}
