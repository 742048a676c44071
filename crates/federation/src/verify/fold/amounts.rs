//! Amounts of offers: those that were opened, and what is taken for those of the winner that stay closed.

use super::super::collect::Found;
use super::super::links::History;
use crate::wire::rulings::What;
use crate::wire::{Bidder, Ruling};
use auction::{Amount, Side};
use std::collections::HashMap;

/// The amount of each bid, as far as it is known.
pub(super) struct Amounts {
    known: HashMap<u32, Amount>,
    /// What is taken for the closed offers of who leads at the end.
    taken: HashMap<u32, Amount>,
}

impl Amounts {
    /// A closed offer of who leads at the end is beyond the price, and how far changes nothing: so it is taken to be
    /// as far as can be, a later one a little further.
    pub(super) fn of(found: &Found, history: &History<'_>, side: Side) -> Amounts {
        let opened = found.opened.iter().flat_map(|opened| &opened.offers);
        let known: HashMap<u32, Amount> = opened.map(|offer| (offer.n, offer.amount.into())).collect();
        let state = history.messages.last().map(|message| &message.rulings.state);
        let leader: Option<Bidder> = state.and_then(|state| state.winner.or(state.leader));
        let is_closed = |entry: &&Ruling| {
            let offered = entry.what == What::Offer && entry.accepted;
            offered && entry.bidder() == leader && !known.contains_key(&entry.n)
        };
        let closed: Vec<u32> = history.entries().filter(is_closed).map(|entry| entry.n).collect();
        let farthest = |back: usize| match side {
            Side::Higher => Amount(Amount::MOST.0 - back as i64),
            Side::Lower => Amount(Amount::ONE.0 + back as i64),
        };
        let taken = closed.iter().rev().enumerate().map(|(back, n)| (*n, farthest(back))).collect();
        Amounts { known, taken }
    }

    /// The amount of this bid.
    pub(super) fn get(&self, n: u32) -> Option<Amount> {
        self.known.get(&n).or_else(|| self.taken.get(&n)).copied()
    }

    /// Numbers of the offers whose amount was taken for granted.
    pub(super) fn taken(&self) -> impl Iterator<Item = u32> + '_ {
        self.taken.keys().copied()
    }
}
