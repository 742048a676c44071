//! Lists of auctions, paged.

use super::listed_elsewhere;
use crate::{Identity, Market, Refusal, Role, Scope};
use auction::shown::{self, Shown};
use auction::{Currency, Time};
use store::listings::{self, Listed, Place};

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Open, ending soonest first.
    Open,
    /// Not yet open, opening soonest first.
    Scheduled,
    /// Closed, latest first.
    Closed,
    /// Waiting for a moderator.
    Awaiting,
    /// The asker's own, newest first.
    Mine,
}

/// Where a list goes on; opaque to whoever carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(pub Place);

/// A row of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// The auction's number.
    pub id: i64,
    /// The version of the listing.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// The word of its format.
    pub format: &'static str,
    /// What amounts are in.
    pub currency: Currency,
    /// How it stands.
    pub shown: Shown,
    /// First moment at which it takes offers.
    pub opens_at: Time,
    /// Whose it is; none for an auction of this site.
    pub site: Option<String>,
    /// Where the list goes on behind this row.
    pub cursor: Cursor,
}

/// The most rows of one page.
pub const PAGE_MOST: usize = 100;

impl Market {
    /// A page of a list, behind a cursor.
    pub async fn list(
        &self,
        viewer: Option<&Identity>,
        listing: Listing,
        cursor: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<ListRow>, Refusal> {
        let (now, networked) = (self.clock.now(), self.policy.networked);
        let limit = limit.clamp(1, PAGE_MOST);
        let seller = match (listing, viewer) {
            (Listing::Mine, Some(viewer)) => {
                Some(viewer.person).filter(|_| viewer.require(Scope::Read).is_ok())
            }
            (Listing::Mine, None) => return Err(Refusal::SignInNeeded),
            (Listing::Awaiting, None) => return Err(Refusal::SignInNeeded),
            (Listing::Awaiting, Some(viewer)) => {
                viewer.require_role(Role::Moderator)?;
                None
            }
            _ => None,
        };
        if listing == Listing::Mine && seller.is_none() {
            return Err(Refusal::MissingScope(Scope::Read.word()));
        }
        self.read(move |tx| {
            let first = Place { at: Time(i64::MIN), id: 0 };
            let last = Place { at: Time(i64::MAX), id: i64::MAX };
            let from = |start| cursor.map_or(start, |cursor| cursor.0);
            let found = match (listing, seller) {
                (Listing::Open, _) => listings::open(tx, now, from(first), limit)?,
                (Listing::Scheduled, _) => listings::scheduled(tx, now, from(first), limit)?,
                (Listing::Closed, _) => listings::closed(tx, from(last), limit)?,
                (Listing::Awaiting, _) => listings::awaiting(tx, from(first), limit)?,
                (Listing::Mine, Some(seller)) => listings::of_seller(tx, seller, from(last).id, limit)?,
                (Listing::Mine, None) => Vec::new(),
            };
            let own: Vec<ListRow> = found.into_iter().map(|listed| row(listed, listing, now)).collect();
            if !networked || matches!(listing, Listing::Mine | Listing::Awaiting) {
                return Ok(own);
            }
            let start = if listing == Listing::Closed { last } else { first };
            let others = listed_elsewhere::rows(tx, listing, now, from(start), limit)?;
            Ok(merged(own, others, listing, limit))
        })
        .await
    }
}

/// Two pieces of a list in one order, as long as a page.
fn merged(mut own: Vec<ListRow>, others: Vec<ListRow>, listing: Listing, limit: usize) -> Vec<ListRow> {
    own.extend(others);
    own.sort_by_key(|row| (row.cursor.0.at, row.id));
    if listing == Listing::Closed {
        own.reverse();
    }
    own.truncate(limit);
    own
}

pub(super) fn row(listed: Listed, listing: Listing, now: Time) -> ListRow {
    let Listed { title, stored } = listed;
    let auction = &stored.auction;
    let at = match listing {
        Listing::Scheduled => auction.terms.opens_at,
        _ => auction.standing.ends_at,
    };
    ListRow {
        id: stored.id,
        version: auction.version,
        title,
        format: store::encoding::format_word(&auction.terms.format),
        currency: auction.terms.currency,
        shown: shown::auction(auction, now),
        opens_at: auction.terms.opens_at,
        site: None,
        cursor: Cursor(Place { at, id: stored.id }),
    }
}
