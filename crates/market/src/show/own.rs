//! My bids.

use super::auction_page::own_limit;
use super::elsewhere::Elsewhere;
use super::listed_elsewhere;
use super::lists::{ListRow, Listing, row};
use super::origin::site_name;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Amount, Outcome, Person, Progress, Time};
use store::{Tx, bidders, listings, sent_bids};

/// How a bidder stands in an auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidState {
    /// Sent to the site of the auction, which has not ruled yet.
    Sent,
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

impl BidState {
    /// The stable word for it, as in the API and in the keys of words.
    pub fn word(self) -> &'static str {
        match self {
            BidState::Sent => "sent",
            BidState::Outbid => "outbid",
            BidState::Leading => "leading",
            BidState::Sealed => "sealed",
            BidState::Won => "won",
            BidState::Lost => "lost",
            BidState::Gone => "gone",
        }
    }
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
        let (now, person, networked) = (self.clock.now(), who.person, self.policy.networked);
        self.read(move |tx| {
            let mut rows = Vec::new();
            let mut ids = bidders::auctions_of(tx, person, below, limit)?;
            if networked {
                ids.extend(sent_bids::replicas_of(tx, person, below, limit)?);
                ids.sort_unstable_by(|a, b| b.cmp(a));
                ids.truncate(limit);
            }
            for id in ids {
                let Some(listed) = listings::one(tx, id)? else {
                    rows.extend(elsewhere(tx, person, id, now)?);
                    continue;
                };
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

/// The row of an auction of another site.
fn elsewhere(tx: &mut Tx<'_>, person: Person, id: i64, now: Time) -> Result<Option<BidRow>, Refusal> {
    let Some(found) = Elsewhere::find(tx, Some(person), id)? else { return Ok(None) };
    let limit = found.limit(tx, person)?;
    let waiting = found.sent.first().is_some_and(|newest| newest.ruling.is_none());
    let sealed = found.replica.listing.terms.is_sealed();
    let row = listed_elsewhere::row(found.replica, site_name(&found.site), Listing::Open, now);
    let won = matches!(row.shown.outcome, Some(Outcome::Sold { winner, .. }) if winner == person);
    let state = match row.shown.progress {
        _ if won => BidState::Won,
        Progress::Sold | Progress::Unsold => BidState::Lost,
        Progress::Withdrawn => BidState::Gone,
        _ if waiting => BidState::Sent,
        _ if limit.is_none() => BidState::Gone,
        _ if sealed => BidState::Sealed,
        _ if row.shown.leader == Some(person) => BidState::Leading,
        _ => BidState::Outbid,
    };
    Ok(Some(BidRow { row, state, limit }))
}
