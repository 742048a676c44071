//! How an auction stands, as far as anybody may know: what an origin tells other sites, and what strangers see is made of.

use crate::ladder::Ladder;
use crate::shown::Shown;
use crate::{Amount, Auction, Outcome, Person, Phase, Progress, Span, Terms, Time};

/// How an auction stands, without anything that is hidden. With the terms, less the reserve, it gives all that strangers
/// see, on every site alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where in its life.
    pub phase: Phase,
    /// The effective end.
    pub ends_at: Time,
    /// The price; none before the first offer, in sealed auctions before the close, and on a running clock.
    pub price: Option<Amount>,
    /// Who leads; none in sealed and descending auctions.
    pub leader: Option<Person>,
    /// Met or not; none without a reserve and in sealed auctions.
    pub reserve_met: Option<bool>,
    /// Offers that stand; in sealed auctions, bidders with an offer that stands.
    pub offers: u32,
    /// Buy now is still to be had.
    pub buy_now: bool,
    /// How often an outage has moved the end.
    pub postponed: u32,
    /// How long outages have made a descending clock stand still.
    pub stood_still: Span,
    /// Number of the last entry, 0 before the first.
    pub last: u32,
}

impl Told {
    /// What may be told of an auction.
    pub fn of(auction: &Auction) -> Told {
        let standing = &auction.standing;
        Told {
            phase: standing.phase,
            ends_at: standing.ends_at,
            price: standing.price,
            leader: standing.leader.map(|leader| leader.person),
            reserve_met: auction.reserve_met(),
            offers: standing.offers,
            buy_now: standing.buy_now,
            postponed: standing.postponed,
            stood_still: standing.stood_still,
            last: auction.last,
        }
    }

    /// The auction as strangers see it at `now`.
    pub fn shown(&self, terms: &Terms, now: Time) -> Shown {
        let progress = Progress::at(&self.phase, terms.opens_at, self.ends_at, now);
        let live = matches!(progress, Progress::Scheduled | Progress::Open);
        let outcome = self.outcome();
        let winner = match outcome {
            Some(Outcome::Sold { winner, .. }) => Some(winner),
            _ => None,
        };
        let clock = terms.clock_price(self.stood_still, now).filter(|_| live);
        Shown {
            progress,
            price: clock.or(self.price),
            next_offer: Ladder::seen(terms, self.price).offered(None).filter(|_| live),
            offers: self.offers,
            reserve_met: self.reserve_met,
            buy_now: terms.buy_now.filter(|_| live && self.buy_now),
            ends_at: self.ends_at,
            leader: winner.or(self.leader),
            outcome,
            over_at: match self.phase {
                Phase::Closed { at, .. } | Phase::Withdrawn { at } => Some(at),
                _ => None,
            },
            postponed: self.postponed,
            stood_still: self.stood_still,
            last_entry: if terms.is_sealed() && outcome.is_none() { self.offers } else { self.last },
        }
    }

    /// What came of it, once it is closed.
    fn outcome(&self) -> Option<Outcome> {
        match self.phase {
            Phase::Closed { outcome, .. } => Some(outcome),
            _ => None,
        }
    }
}
