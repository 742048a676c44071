//! What can be asked of an auction.

use crate::{Actor, Decimal, Person, Time};

/// An id chosen by who gives the command; unique for that person only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub [u8; 16]);

/// One command on one auction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The same id with the same content has no second effect.
    pub id: CommandId,
    /// Who asks, and in which capacity.
    pub by: Actor,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// What is asked.
    pub deed: Deed,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A maximum in an ascending auction, a minimum in a reverse one, the amount in a sealed one.
    Offer {
        /// As written; it is refused if it is not a whole number of minor units.
        amount: Decimal,
    },
    /// Takes the price of a descending auction.
    Take {
        /// The price that was seen; a higher one on arrival refuses the take.
        seen: Decimal,
    },
    /// Buys at the buy-now price.
    BuyNow,
    /// Takes back own offers.
    Retract {
        /// Why, for the seller.
        reason: Box<str>,
    },
    /// Takes away somebody's offers: by seller, moderator or the site.
    Cancel {
        /// Whose.
        whose: Person,
        /// Which.
        which: Which,
        /// Why, for everybody concerned.
        reason: Box<str>,
    },
    /// Lowers the reserve (in a reverse auction: raises the hidden most).
    LowerReserve {
        /// The new one; `None` drops it, which is lowering to the start price.
        to: Option<Decimal>,
    },
    /// Sells to the leader now; a sealed auction is decided now.
    EndEarly,
    /// Takes the item off without a sale.
    Withdraw {
        /// Why; may be empty only while there are no offers.
        reason: Box<str>,
    },
    /// After a close below the reserve: sells to the leader at the price shown.
    Accept,
    /// The end has come.
    Close,
    /// The origin was away from one moment to another.
    Postpone {
        /// Last sign of life before.
        from: Time,
        /// First after.
        to: Time,
        /// What happened, for the page.
        reason: Box<str>,
    },
}

/// Which offers of a bidder are cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one with this entry number.
    One(u32),
    /// All that stand.
    All,
}

impl Deed {
    /// A stable word for it, as in the API and in the store.
    pub fn word(&self) -> &'static str {
        match self {
            Deed::Offer { .. } => "offer",
            Deed::Take { .. } => "take",
            Deed::BuyNow => "buy_now",
            Deed::Retract { .. } => "retract",
            Deed::Cancel { .. } => "cancel",
            Deed::LowerReserve { .. } => "lower_reserve",
            Deed::EndEarly => "end_early",
            Deed::Withdraw { .. } => "withdraw",
            Deed::Accept => "accept",
            Deed::Close => "close",
            Deed::Postpone { .. } => "postpone",
        }
    }

    /// Whether it is made as a bidder: suspension, blocks and own items concern only these.
    pub fn is_bid(&self) -> bool {
        matches!(self, Deed::Offer { .. } | Deed::Take { .. } | Deed::BuyNow)
    }

    /// Whether the accepted entries so far are needed to decide it.
    pub fn needs_history(&self, sealed: bool) -> bool {
        match self {
            Deed::Retract { .. } | Deed::Cancel { .. } => true,
            Deed::Close | Deed::EndEarly => sealed,
            _ => false,
        }
    }
}
