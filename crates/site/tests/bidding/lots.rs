//! What bidders know of the auctions: who seems to lead, and what would do next.

use crate::town::Dice;
use std::sync::Mutex;

/// One auction, as far as the bidders know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lot {
    pub(super) id: i64,
    pub(super) next_cents: i64,
    pub(super) leader: Option<usize>,
}

/// All auctions that take bids.
pub(super) struct Lots(Mutex<Vec<Lot>>);

pub(super) fn euro(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

pub(super) fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

impl Lots {
    pub(super) fn new(ids: &[i64]) -> Lots {
        let lots = Lots(Mutex::default());
        ids.iter().for_each(|id| lots.add(*id));
        lots
    }

    pub(super) fn add(&self, id: i64) {
        self.0.lock().unwrap().push(Lot { id, next_cents: 1000, leader: None });
    }

    /// One of them.
    pub(super) fn some(&self, dice: &mut Dice) -> Lot {
        let lots = self.0.lock().unwrap();
        lots[dice.below(lots.len())]
    }

    /// Somebody has learned more.
    pub(super) fn learn(&self, id: i64, next_cents: i64, leader: Option<usize>) {
        let mut lots = self.0.lock().unwrap();
        if let Some(lot) = lots.iter_mut().find(|lot| lot.id == id)
            && lot.next_cents <= next_cents
        {
            (lot.next_cents, lot.leader) = (next_cents, leader.or(lot.leader));
        }
    }

    pub(super) fn has_ended(&self, id: i64) {
        self.0.lock().unwrap().retain(|lot| lot.id != id);
    }
}
