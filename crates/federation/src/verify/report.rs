//! What is said about a file of receipts.

mod gap;
mod reason;
mod words;

pub use gap::{Gap, Unchecked};
pub use reason::{Fault, Reason};

use super::collect::Found;
use super::links::History;
use crate::wire::{Bidder, Money, Phase, Site};
use auction::Currency;

/// The result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The auction is over, and the rules give exactly what the origin said.
    Good,
    /// Nothing is wrong, but not everything could be checked.
    Incomplete,
    /// Something is wrong.
    Bad,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The site that decided.
    pub origin: Site,
    /// The auction's number there.
    pub auction: u64,
    /// In one word.
    pub verdict: Verdict,
    /// What is wrong, the first bad entry first.
    pub faults: Vec<Fault>,
    /// What could not be checked.
    pub unchecked: Vec<Unchecked>,
    /// The number of the last entry that is there without a hole before it.
    pub last: u32,
    /// Up to this entry the rules were folded again, and gave the same.
    pub folded: u32,
    /// Whether it is over, as the origin says.
    pub phase: Option<Phase>,
    /// Who has won, as the origin says.
    pub winner: Option<Bidder>,
    /// What is to be paid, as the origin says.
    pub price: Option<Money>,
    /// What it is in, if a listing is there.
    pub currency: Option<Currency>,
}

impl Report {
    pub(super) fn new(origin: Site, auction: u64) -> Report {
        Report {
            origin,
            auction,
            verdict: Verdict::Incomplete,
            faults: Vec::new(),
            unchecked: Vec::new(),
            last: 0,
            folded: 0,
            phase: None,
            winner: None,
            price: None,
            currency: None,
        }
    }

    pub(super) fn fault(&mut self, entry: Option<u32>, reason: Reason) {
        self.faults.push(Fault { entry, reason });
    }

    pub(super) fn gap(&mut self, entry: Option<u32>, gap: Gap) {
        self.unchecked.push(Unchecked { entry, gap });
    }

    /// The number of the first entry that is wrong, if a fault has one.
    pub fn first_bad_entry(&self) -> Option<u32> {
        self.faults.iter().filter_map(|fault| fault.entry).min()
    }

    pub(super) fn finish(&mut self, found: &Found, history: &History<'_>) {
        let terms = found.newest().map(|listing| &listing.terms);
        self.currency = terms.and_then(|terms| Currency::new(&terms.currency, terms.exponent));
        let state = history.messages.last().map(|message| &message.rulings.state);
        self.last = state.map_or(0, |state| state.last);
        self.phase = state.map(|state| state.phase);
        self.winner = state.and_then(|state| state.winner);
        self.price = state.and_then(|state| state.sold_price);
        // What concerns the whole file comes before what concerns an entry.
        self.faults.sort_by_key(|fault| fault.entry);
        self.unchecked.sort_by_key(|gap| gap.entry);
        let is_over = self.phase.is_some_and(|phase| phase != Phase::Open);
        let is_guessed = self.unchecked.iter().any(|unchecked| unchecked.gap == Gap::ReserveGuessed);
        self.verdict = if !self.faults.is_empty() {
            Verdict::Bad
        } else if is_over && self.folded == self.last && !history.is_torn && !is_guessed {
            Verdict::Good
        } else {
            Verdict::Incomplete
        };
    }
}
