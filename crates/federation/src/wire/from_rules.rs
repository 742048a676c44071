//! Messages from the rules, past the one wall: what is shown of an auction and its entries is asked of
//! [`auction::shown`], as a stranger, or for what is sealed to a bidder's site as that bidder.

mod ending;
mod entries;
mod state;

pub use ending::{closed, opened, withdrawn};
pub use entries::entries;
pub use state::state;

use super::{BidId, Bidder, Hash, SealedBox, Site};
use crate::sealing::Code;
use auction::{Entry, Person};

/// Under what a bid was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pledge {
    /// Its id: the one that its site gave it; for the origin's own bidders one that the origin draws.
    pub bid: BidId,
    /// What its amount is bound to.
    pub commitment: Hash,
}

/// What the rules do not know of an auction's people and bids.
pub trait Register {
    /// How others know this person. A site only if it is not the origin.
    fn bidder(&self, person: Person) -> Option<Bidder>;

    /// Under what the bid of this entry was made; every bid has one.
    fn pledge(&self, entry: &Entry) -> Option<Pledge>;

    /// Seals a code to a bidder's site; see [`Code::seal`].
    fn seal(&mut self, to: Site, entry: &Entry, code: &Code) -> Option<SealedBox>;
}
