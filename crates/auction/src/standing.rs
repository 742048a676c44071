//! How an auction stands: everything that entries change.

use crate::{Amount, Person, Span, Terms, Time};

/// Who would win now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leader {
    /// Who.
    pub person: Person,
    /// The own maximum (reverse: minimum). Hidden from everybody else.
    pub limit: Amount,
}

/// Where in its life an auction is. Whether a published one is scheduled or open is a question of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Only the seller sees it.
    Draft,
    /// Waits for a moderator.
    AwaitingApproval,
    /// A moderator said no.
    NotApproved,
    /// Scheduled, open, or past its end and about to be closed.
    Published,
    /// Ended, with its result.
    Closed {
        /// When.
        at: Time,
        /// How.
        outcome: Outcome,
    },
    /// Taken off by seller or moderator.
    Withdrawn {
        /// When.
        at: Time,
    },
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody won.
    Sold {
        /// Who.
        winner: Person,
        /// What is to be paid.
        price: Amount,
    },
    /// Nobody did.
    Unsold,
}

/// Everything that entries change. The state after an entry stands in the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where in its life.
    pub phase: Phase,
    /// The effective end.
    pub ends_at: Time,
    /// The price shown; none before the first offer, in sealed auctions and on a running clock.
    pub price: Option<Amount>,
    /// Who leads; none in sealed and descending auctions.
    pub leader: Option<Leader>,
    /// The reserve as it is now.
    pub reserve: Option<Amount>,
    /// Offers that stand; in sealed auctions, bidders with an offer that stands.
    pub offers: u32,
    /// Buy now is still to be had.
    pub buy_now: bool,
    /// How often an outage has moved the end.
    pub postponed: u32,
    /// How long outages have made a descending clock stand still.
    pub stood_still: Span,
}

impl Standing {
    /// Before the first entry.
    pub fn new(phase: Phase, terms: &Terms) -> Standing {
        Standing {
            phase,
            ends_at: terms.ends_at,
            price: None,
            leader: None,
            reserve: terms.reserve,
            offers: 0,
            buy_now: terms.buy_now.is_some(),
            postponed: 0,
            stood_still: Span::ZERO,
        }
    }
}
