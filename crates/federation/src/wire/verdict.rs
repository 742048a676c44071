//! What became of one bid.

use super::malformed::{Malformed, expect};
use super::{BidId, SealedBox, Site, number};
use serde::{Deserialize, Serialize};

/// `verdict`: told alone to the site of one bid, where no ruling tells it: of a bid that was refused before it was an entry,
/// and again of one that was sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The bidder's site.
    pub site: Site,
    /// The auction's number at the origin.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// The bid.
    pub bid: BidId,
    /// The number of its entry; absent where it was refused before it was one.
    #[serde(default, deserialize_with = "number::optional", skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// Whether it took effect.
    pub accepted: bool,
    /// Why it did not, sealed to that site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<SealedBox>,
}

impl Verdict {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        expect(!self.accepted || self.n.is_some(), "n", "missing")?;
        expect(!self.accepted || self.code.is_none(), "code", "only of what was refused")
    }
}
