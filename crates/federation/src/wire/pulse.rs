//! What is alive, and what is asked for.

use super::malformed::{Malformed, expect};
use super::{Hash, Moment, Site, number};
use serde::{Deserialize, Serialize};

/// `pulse`: that the origin is there, and one hash over how its auctions stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    /// When.
    pub at: Moment,
    /// How many auctions are live: listed to others and not over.
    #[serde(deserialize_with = "number::count")]
    pub live: u32,
    /// Over all live auctions, see [`chain::digest`](crate::chain::digest).
    pub digest: Hash,
}

/// One auction whose state is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedAuction {
    /// The auction's number at the origin.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// The number of the last entry that is known; 0 for none.
    #[serde(deserialize_with = "number::count")]
    pub from: u32,
}

/// The most auctions of one message.
pub(crate) const WANTED_MOST: usize = 1000;

/// `wanted`: asks an origin to say again how its auctions stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Who is asked.
    pub origin: Site,
    /// Which; none of them means all that are live.
    pub auctions: Vec<WantedAuction>,
}

impl Wanted {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        expect(self.auctions.len() <= WANTED_MOST, "auctions", "too many")
    }
}

impl Pulse {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        Ok(())
    }
}
