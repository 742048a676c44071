//! One auction: its terms, how it stands, and how far its entries go.

use crate::ladder::Ladder;
use crate::{Actor, Amount, Entry, Outcome, Person, Phase, Standing, Terms, Time};

/// Everything that the rules know of one auction, without its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auction {
    /// Who sells.
    pub seller: Person,
    /// What the seller fixed. Its reserve is the first one; the present one is in the standing.
    pub terms: Terms,
    /// Counts what strangers can see of the listing.
    pub version: u32,
    /// The version in which a price-relevant term last changed.
    pub terms_version: u32,
    /// A first bid was taken: the terms stay as they are.
    pub frozen: bool,
    /// What entries change.
    pub standing: Standing,
    /// Number of the last entry, 0 before the first.
    pub last: u32,
    /// Arrival of the last entry.
    pub last_at: Time,
}

/// Where an auction is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Not yet public.
    Unpublished,
    /// Public, not yet open.
    Scheduled,
    /// Takes offers.
    Open,
    /// The end has passed and the close is a moment away.
    Closing,
    /// Over, sold.
    Sold,
    /// Over, not sold.
    Unsold,
    /// Taken off.
    Withdrawn,
}

impl Progress {
    /// Where an auction in this phase is at `now`. Open means `opens_at <= now < ends_at`.
    pub(crate) fn at(phase: &Phase, opens_at: Time, ends_at: Time, now: Time) -> Progress {
        match phase {
            Phase::Draft | Phase::AwaitingApproval | Phase::NotApproved => Progress::Unpublished,
            Phase::Published if now < opens_at => Progress::Scheduled,
            Phase::Published if now < ends_at => Progress::Open,
            Phase::Published => Progress::Closing,
            Phase::Closed { outcome: Outcome::Sold { .. }, .. } => Progress::Sold,
            Phase::Closed { outcome: Outcome::Unsold, .. } => Progress::Unsold,
            Phase::Withdrawn { .. } => Progress::Withdrawn,
        }
    }
}

impl Auction {
    /// A new listing, version 1.
    pub fn new(seller: Person, terms: Terms, phase: Phase) -> Auction {
        let standing = Standing::new(phase, &terms);
        let last_at = Time(i64::MIN);
        Auction { seller, terms, version: 1, terms_version: 1, frozen: false, standing, last: 0, last_at }
    }

    /// Where it is at `now`. Open means `opens_at <= now < ends_at`.
    pub fn progress(&self, now: Time) -> Progress {
        Progress::at(&self.standing.phase, self.terms.opens_at, self.standing.ends_at, now)
    }

    /// Takes an entry into the state. Entries must come in the order of their numbers.
    pub fn apply(&mut self, entry: &Entry) {
        self.last = entry.number;
        self.last_at = entry.at;
        if entry.accepted() {
            self.frozen |= entry.deed.is_bid();
            self.standing.clone_from(&entry.after);
            if !self.frozen {
                self.terms.reserve = self.standing.reserve;
            }
        }
    }

    /// Whether the price (or, once closed, the sale) satisfies the reserve; `None` if there is none to tell of.
    /// Sealed auctions never tell.
    pub fn reserve_met(&self) -> Option<bool> {
        let reserve = self.standing.reserve?;
        if self.terms.is_sealed() {
            return None;
        }
        let side = self.terms.side();
        Some(self.standing.price.is_some_and(|price| side.worth(price) >= side.worth(reserve)))
    }

    /// The least (reverse: the most) that this person could offer now, where the format has such a bound. None
    /// where nothing more can be offered: the price is already the most (reverse: the least) there is.
    pub fn least_offer(&self, who: Option<Person>) -> Option<Amount> {
        Ladder::of(self).offered(who)
    }

    /// Whether this actor may act as the seller.
    pub(crate) fn is_seller(&self, by: Actor) -> bool {
        by == Actor::Person(self.seller)
    }
}
