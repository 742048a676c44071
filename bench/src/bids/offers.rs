//! Offers that climb: round the auctions, each by another bidder than the ones before it.

use super::request::Request;
use crate::keys::Keys;
use crate::load::Errand;
use anyhow::{Context, Result, ensure};
use std::rc::Rc;

/// An auction that is bid on, and what came of it. Trivial handlers are auctions on which everything is taken.
pub(crate) struct Lot {
    pub(crate) number: u64,
    pub(crate) request: Request,
    pub(crate) made: u64,
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
}

impl Lot {
    pub(crate) fn new(number: u64, request: Request) -> Lot {
        Lot { number, request, made: 0, accepted: 0, refused: 0 }
    }
}

/// Somebody's order to bid on all these auctions in turn.
pub(crate) struct Offers {
    pub(crate) lots: Vec<Lot>,
    tokens: Rc<[String]>,
    keys: Keys,
    turn: usize,
    /// The auction that each connection has asked last.
    asked: Vec<usize>,
}

/// 250.00, in hundredths. More than two of the largest steps of the product's table (100.00), so that an offer is still
/// high enough when the one behind it overtakes it on the way.
const CLIMB: u64 = 25_000;

impl Offers {
    pub(crate) fn new(lots: Vec<Lot>, tokens: Rc<[String]>, connections: usize, seed: u64) -> Offers {
        Offers { lots, tokens, keys: Keys::new(seed), turn: 0, asked: vec![0; connections] }
    }

    /// Fails where an answer was lost: none may be.
    pub(crate) fn all_answered(&self) -> Result<()> {
        for lot in &self.lots {
            let answered = lot.accepted + lot.refused;
            ensure!(answered == lot.made, "auction {}: {} asked, {answered} answered", lot.number, lot.made);
        }
        self.lots.first().context("nothing to bid on").map(drop)
    }
}

impl Errand for Offers {
    fn write(&mut self, connection: usize, request: &mut Vec<u8>) {
        let (place, lots) = (self.turn, self.lots.len());
        self.turn = if place + 1 == self.lots.len() { 0 } else { place + 1 };
        self.asked[connection] = place;
        let lot = &mut self.lots[place];
        lot.made += 1;
        // Everybody bids on one auction, as many on each. Whoever leads bid a moment ago; his turn comes again when
        // the others had theirs.
        let crowd = self.tokens.len() / lots;
        let bidder = place * crowd + lot.made as usize % crowd;
        lot.request.write(request, self.tokens[bidder].as_bytes(), &mut self.keys, lot.made * CLIMB);
    }

    fn answered(&mut self, connection: usize, status: u16) {
        let lot = &mut self.lots[self.asked[connection]];
        match status {
            201 => lot.accepted += 1,
            _ => lot.refused += 1,
        }
    }
}
