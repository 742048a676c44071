//! Rulings: a run of entries as strangers may know them, and how the auction stands after it.

mod ruling;

pub use super::from_rules::entries;
pub use ruling::{Away, Ruling, What};

use super::malformed::{Malformed, expect};
use super::{Hash, SealedBox, State, number};
use serde::{Deserialize, Serialize};

/// The most entries of one message.
pub const RULINGS_MOST: usize = 128;

/// The most bytes that its entries have as JSON, so that state and memo have room beside them.
const ENTRIES_BYTES_MOST: usize = 34 * 1024;

/// `rulings`: what the origin decided, in the order of arrival.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rulings {
    /// The auction's number at the origin.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// The hash of the auction's rulings before; zeros before the first. See [`chain`](crate::chain).
    pub previous: Hash,
    /// One or more, without holes.
    pub entries: Vec<Ruling>,
    /// How it stands after them. Without a head: that is the hash of this very message.
    pub state: State,
    /// What the origin itself needs to find its way back, sealed to itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<SealedBox>,
}

impl Rulings {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        expect((1..=RULINGS_MOST).contains(&self.entries.len()), "entries", "not from 1 to 128")?;
        let follows = |pair: &[Ruling]| pair[1].n == pair[0].n + 1;
        expect(self.entries.windows(2).all(follows), "entries", "numbers with a hole")?;
        for (place, entry) in self.entries.iter().enumerate() {
            entry.check().map_err(|wrong| wrong.within(&format!("entries[{place}]")))?;
        }
        expect(self.state.last == self.last(), "state.last", "not the number of the last entry")?;
        self.state.check(true).map_err(|wrong| wrong.within("state"))
    }

    /// The number of its first entry.
    pub fn first(&self) -> u32 {
        self.entries.first().map_or(0, |entry| entry.n)
    }

    /// The number of its last entry.
    pub fn last(&self) -> u32 {
        self.entries.last().map_or(0, |entry| entry.n)
    }
}

/// How many of these entries, counted from the first, go into one message; at least one.
pub fn fit(entries: &[Ruling]) -> usize {
    let mut bytes = 0;
    let fits = |entry: &&Ruling| {
        bytes += serde_json::to_string(entry).map_or(usize::MAX, |text| text.len() + 1);
        bytes <= ENTRIES_BYTES_MOST
    };
    entries.iter().take(RULINGS_MOST).take_while(fits).count().max(1)
}
