//! What is measured in turn.

use anyhow::{Context, Result};

/// One of the things that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The trivial handler in the product's own process.
    Trivial,
    /// Bids on a hundred auctions.
    Spread,
    /// Bids on one.
    One,
    /// The ten-line server.
    Plain,
    /// The trivial handler again, asked by `wrk`.
    Wrk,
}

/// Each thing stands behind what it is compared with.
pub(crate) const ORDER: [Slot; 6] =
    [Slot::Trivial, Slot::Spread, Slot::Trivial, Slot::One, Slot::Plain, Slot::Wrk];

const ALL: [Slot; 5] = [Slot::Trivial, Slot::Spread, Slot::One, Slot::Plain, Slot::Wrk];

impl Slot {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Slot::Trivial => "trivial",
            Slot::Spread => "spread",
            Slot::One => "one",
            Slot::Plain => "plain",
            Slot::Wrk => "wrk",
        }
    }

    pub(crate) fn says(self) -> &'static str {
        match self {
            Slot::Trivial => "trivial handler, same process",
            Slot::Spread => "bids on 100 auctions, durable",
            Slot::One => "bids on one auction, durable",
            Slot::Plain => "ten-line axum server",
            Slot::Wrk => "trivial handler, asked by wrk",
        }
    }
}

/// Those with these words.
pub(crate) fn named(words: &[String]) -> Result<Vec<Slot>> {
    let find = |word: &String| ALL.into_iter().find(|slot| slot.word() == word);
    words.iter().map(|word| find(word).with_context(|| format!("{word:?} is not measured here"))).collect()
}

/// All of them, in the order of the tables.
pub(crate) fn all() -> impl Iterator<Item = Slot> {
    ALL.into_iter()
}
