//! My bids.

use super::auction_page::own_limit;
use super::lists::{ListRow, Listing, row};
use crate::{Identity, Market, Refusal, Scope};
use auction::{Amount, Outcome, Progress};
use store::{bidders, listings};

/// How a bidder stands in an auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidState {
    /// Somebody else leads.
    Outbid,
    /// Leads.
    Leading,
    /// A sealed offer stands.
    Sealed,
    /// Has won.
    Won,
    /// Somebody else has, or nobody.
    Lost,
    /// Everything was taken back or cancelled, or the item withdrawn.
    Gone,
}

/// An auction with an offer of the viewer.
#[derive(Clone, Debug)]
pub struct BidRow {
    /// The auction.
    pub row: ListRow,
    /// How the viewer stands.
    pub state: BidState,
    /// The viewer's own limit or last offer, if one stands.
    pub limit: Option<Amount>,
}

impl Market {
    /// Auctions on which the asker has bid, newest auction first, below a number.
    pub async fn my_bids(&self, who: &Identity, below: i64, limit: usize) -> Result<Vec<BidRow>, Refusal> {
        who.require(Scope::Read)?;
        let (now, person) = (self.clock.now(), who.person);
        self.read(move |tx| {
            let mut rows = Vec::new();
            for id in bidders::auctions_of(tx, person, below, limit)? {
                let Some(listed) = listings::one(tx, id)? else { continue };
                let standing = bidders::find(tx, id, person)?.is_some_and(|stored| stored.bidder.standing);
                let sealed = listed.stored.auction.terms.is_sealed();
                let limit = own_limit(tx, &listed.stored, standing, person)?;
                let row = row(listed, Listing::Open, now);
                let won = matches!(row.shown.outcome, Some(Outcome::Sold { winner, .. }) if winner == person);
                let state = match row.shown.progress {
                    _ if won => BidState::Won,
                    Progress::Sold | Progress::Unsold => BidState::Lost,
                    Progress::Withdrawn => BidState::Gone,
                    _ if !standing => BidState::Gone,
                    _ if sealed => BidState::Sealed,
                    _ if row.shown.leader == Some(person) => BidState::Leading,
                    _ => BidState::Outbid,
                };
                rows.push(BidRow { row, state, limit });
            }
            Ok(rows)
        })
        .await
    }
}
