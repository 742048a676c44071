//! The rules once more, written from the page alone, as simply as they can be: everything that was asked is kept in
//! a list, and whoever wants to know how the auction stands reads the list from its beginning. Slow, and meant to be.

use crate::reference::ladder::{Tale, tell};

pub mod ladder;
pub mod rules;
pub mod sealed;

pub const SECOND: i64 = 1_000_000;
pub const HOUR: i64 = 3_600 * SECOND;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Ascending,
    Reverse,
    SealedFirst,
    SealedSecond,
}

/// What the seller fixed.
#[derive(Clone, Debug)]
pub struct Listing {
    pub kind: Kind,
    pub start: i64,
    pub reserve: Option<i64>,
    pub buy_now: Option<i64>,
    /// From this price on, this step.
    pub steps: Vec<(i64, i64)>,
    pub opens: i64,
    pub ends: i64,
    /// Window and cap.
    pub soft: Option<(i64, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Offered(i64),
    ReserveLowered(i64),
}

/// Something that was accepted and belongs to the story of the price.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub number: u32,
    pub at: i64,
    pub who: i64,
    pub said: Said,
    pub gone: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    No,
    Sold(i64, i64),
    /// And when.
    Unsold(i64),
    Withdrawn,
}

/// What can be asked; by whom, where that is not plain.
#[derive(Clone, Debug)]
pub enum Ask {
    Offer(i64, i64),
    BuyNow(i64),
    Retract(i64),
    /// Whose, and which entry; all if none is named.
    Cancel(i64, Option<u32>),
    LowerReserve(Option<i64>),
    EndEarly,
    /// Whether by a moderator.
    Withdraw(bool),
    Accept,
    Close,
    Away(i64, i64),
}

#[derive(Clone, Debug)]
pub struct Reference {
    pub listing: Listing,
    pub lines: Vec<Line>,
    pub end: End,
    pub ends: i64,
    pub number: u32,
    pub last_at: i64,
    pub buy_now: bool,
    pub away: u32,
    pub frozen: bool,
    /// Who took back, when, and in which entry.
    pub took_back: Vec<(i64, i64, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Done,
    No(&'static str),
    /// No, and it is not even written down.
    Ignored(&'static str),
    Nothing,
}

impl Reference {
    pub fn new(listing: Listing) -> Reference {
        Reference {
            ends: listing.ends,
            buy_now: listing.buy_now.is_some(),
            listing,
            lines: vec![],
            end: End::No,
            number: 0,
            last_at: i64::MIN,
            away: 0,
            frozen: false,
            took_back: vec![],
        }
    }

    /// How it stands: read from the beginning.
    pub fn tale(&self) -> Tale {
        tell(&self.listing, self.lines.iter().filter(|line| !line.gone))
    }

    pub fn is_sealed(&self) -> bool {
        matches!(self.listing.kind, Kind::SealedFirst | Kind::SealedSecond)
    }

    /// How many offers stand; sealed: how many people's.
    pub fn count(&self) -> usize {
        let standing = self.lines.iter().filter(|line| !line.gone);
        let mut people: Vec<i64> =
            standing.filter(|line| matches!(line.said, Said::Offered(_))).map(|line| line.who).collect();
        if self.is_sealed() {
            people.sort_unstable();
            people.dedup();
        }
        people.len()
    }

    /// The price shown after an end by buying or in a sealed auction is what was paid.
    pub fn price(&self) -> Option<i64> {
        match self.end {
            End::Sold(_, price) => Some(price),
            _ if self.is_sealed() => None,
            _ => self.tale().price,
        }
    }
}
