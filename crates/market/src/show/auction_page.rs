//! One auction, as somebody sees it.

use super::contact::contact;
use super::elsewhere::Elsewhere;
use super::names::{Names, invented_name};
use super::origin::Origin;
use super::sent::SentBid;
use crate::{Identity, Market, Refusal, Role, Scope};
use auction::shown::{self, Shown, ShownEntry};
use auction::{Amount, Auction, Outcome, Person, Phase, Progress, Terms, Time};
use store::listings::Words;
use store::{auctions, bidders, entries, listings, people};

/// An auction with everything that its viewer may see of it.
#[derive(Clone, Debug)]
pub struct AuctionPage {
    /// Its number.
    pub id: i64,
    /// Title, text, additions.
    pub words: Words,
    /// Version of the listing: goes with every command.
    pub version: u32,
    /// The seller's shown name.
    pub seller: String,
    /// The terms. The reserve's amount is there for the seller only.
    pub terms: Terms,
    /// A first bid was taken: terms stay as they are.
    pub frozen: bool,
    /// Number of the last entry: grows with every change.
    pub last_entry: u32,
    /// How it stands.
    pub shown: Shown,
    /// The invented name of who leads or has won.
    pub leader: Option<String>,
    /// What concerns only the viewer.
    pub own: Own,
    /// Whose it is; none for an auction of this site.
    pub origin: Option<Origin>,
    /// When this was true.
    pub at: Time,
}

/// What concerns only the viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The viewer sells it.
    pub selling: bool,
    /// The viewer leads or has won.
    pub leading: bool,
    /// The viewer's own limit or last offer, if one stands.
    pub limit: Option<Amount>,
    /// What the viewer had offered, where a lowered reserve has cut it down to the limit.
    pub cut_from: Option<Amount>,
    /// The viewer's invented name.
    pub name: Option<String>,
    /// The viewer's next offer must be at least (reverse: at most) this.
    pub next_offer: Option<Amount>,
    /// The seller may accept the leader below the reserve.
    pub may_accept: bool,
    /// The other side of a sale: name and mail address, for seller and winner.
    pub other: Option<(String, String)>,
    /// Bids of the viewer that went to the site of the auction, newest first.
    pub sent: Vec<SentBid>,
}

/// A row of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// What happened.
    pub entry: ShownEntry,
    /// The invented name of the bidder concerned.
    pub who: Option<String>,
    /// The invented name of who led after it.
    pub leader: Option<String>,
    /// Where the history goes on behind it; nowhere behind the first.
    pub older: Option<Older>,
}

/// Where a history goes on; opaque to whoever carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Older(pub i64);

impl Market {
    /// The auction as the viewer sees it. Unpublished ones are seen by seller and moderators only.
    pub async fn auction_page(&self, viewer: Option<&Identity>, id: i64) -> Result<AuctionPage, Refusal> {
        let (now, viewer) = (self.clock.now(), reading(viewer));
        self.read(move |tx| {
            let person = viewer.as_ref().map(|viewer| viewer.person);
            let Some(stored) = auctions::find(tx, id)? else {
                let found = Elsewhere::find(tx, person, id)?.ok_or(Refusal::NoSuchAuction)?;
                return found.page(tx, person, now);
            };
            let auction = &stored.auction;
            let shown = shown::auction(auction, now);
            let selling = person == Some(auction.seller);
            may_see(viewer.as_ref(), auction, now)?;
            let words = listings::words(tx, id)?.ok_or(Refusal::NoSuchAuction)?;
            let seller = people::find(tx, auction.seller)?.map_or_else(String::new, |account| account.name);
            let leader = Names::here(id).of(tx, shown.leader)?;
            let own = match person {
                Some(person) => own(tx, &stored, &shown, person)?,
                None => Own::default(),
            };
            let mut terms = auction.terms.clone();
            terms.reserve = auction.standing.reserve.filter(|_| selling);
            Ok(AuctionPage {
                id,
                words,
                version: auction.version,
                seller,
                terms,
                frozen: auction.frozen,
                last_entry: shown.last_entry,
                leader,
                shown,
                own,
                origin: None,
                at: now,
            })
        })
        .await
    }

    /// The history as the viewer sees it, newest first, from a place on or from the newest. Behind the last row
    /// there is nothing older.
    pub async fn history(
        &self,
        viewer: Option<&Identity>,
        id: i64,
        from: Option<Older>,
        limit: usize,
    ) -> Result<Vec<HistoryRow>, Refusal> {
        let (now, viewer) = (self.clock.now(), reading(viewer));
        self.read(move |tx| {
            let person = viewer.as_ref().map(|viewer| viewer.person);
            let Some(stored) = auctions::find(tx, id)? else {
                let found = Elsewhere::find(tx, person, id)?.ok_or(Refusal::NoSuchAuction)?;
                return Ok(found.history(tx, person, from, limit)?);
            };
            let auction = &stored.auction;
            may_see(viewer.as_ref(), auction, now)?;
            let mut names = Names::here(id);
            names.read_all(tx)?;
            let (mut from, mut rows) = (from.map(|Older(place)| place), Vec::new());
            // Some entries are nothing to this viewer; the page is filled all the same.
            while rows.len() <= limit {
                let found = entries::page(tx, &stored, from, person, limit + 1)?;
                for (entry, older) in &found {
                    let Some(entry) = shown::entry(auction, entry, person) else { continue };
                    let (who, leader) = (names.of(tx, entry.who)?, names.of(tx, entry.leader)?);
                    rows.push(HistoryRow { who, leader, entry, older: older.map(Older) });
                }
                match found.last() {
                    Some((_, Some(older))) if found.len() > limit => from = Some(*older),
                    _ => break,
                }
            }
            let is_last = rows.len() <= limit;
            rows.truncate(limit);
            if let Some(last) = rows.last_mut().filter(|_| is_last) {
                last.older = None;
            }
            Ok(rows)
        })
        .await
    }
}

/// The viewer, unless the key is not for reading: then it is a stranger's.
fn reading(viewer: Option<&Identity>) -> Option<Identity> {
    viewer.filter(|viewer| viewer.scopes.has(Scope::Read)).cloned()
}

/// Whether the viewer may see the auction at all. One that was withdrawn before anybody bid may never have been
/// public, or a moderator may have said no to it, so strangers do not see it.
fn may_see(viewer: Option<&Identity>, auction: &Auction, now: Time) -> Result<(), Refusal> {
    let public = match auction.progress(now) {
        Progress::Unpublished => false,
        Progress::Withdrawn => auction.frozen,
        _ => true,
    };
    let selling = viewer.is_some_and(|viewer| viewer.person == auction.seller);
    let moderates = viewer.is_some_and(|viewer| viewer.require_role(Role::Moderator).is_ok());
    if public || selling || moderates { Ok(()) } else { Err(Refusal::NoSuchAuction) }
}

fn own(
    tx: &mut store::Tx<'_>,
    stored: &auctions::Stored,
    shown: &Shown,
    person: Person,
) -> Result<Own, Refusal> {
    let (id, auction) = (stored.id, &stored.auction);
    let selling = auction.seller == person;
    let leading = shown.leader == Some(person);
    let bidder = bidders::find(tx, id, person)?;
    let limit = own_limit(tx, stored, bidder.as_ref().is_some_and(|stored| stored.bidder.standing), person)?;
    let number = bidder.and_then(|stored| stored.number);
    let unsold = matches!(auction.standing.phase, Phase::Closed { outcome: Outcome::Unsold, .. });
    let other = match shown.outcome {
        Some(Outcome::Sold { winner, .. }) if selling => contact(tx, id, winner)?,
        Some(Outcome::Sold { .. }) if leading => contact(tx, id, auction.seller)?,
        _ => None,
    };
    Ok(Own {
        selling,
        leading,
        limit,
        cut_from: cut_from(tx, stored, person)?,
        name: number.map(|number| invented_name(id, number)),
        next_offer: auction.least_offer(Some(person)).filter(|_| shown.next_offer.is_some()),
        may_accept: selling && unsold && auction.standing.leader.is_some(),
        other,
        sent: Vec::new(),
    })
}

/// Rule 5: who leads below a reserve that was lowered learns that the own limit was cut.
fn cut_from(
    tx: &mut store::Tx<'_>,
    stored: &auctions::Stored,
    person: Person,
) -> Result<Option<Amount>, Refusal> {
    let (auction, terms) = (&stored.auction, &stored.auction.terms);
    let leader = auction.standing.leader.filter(|leader| leader.person == person);
    let Some(leader) = leader.filter(|_| auction.standing.reserve != terms.reserve) else { return Ok(None) };
    let offered = entries::own_last(tx, stored, person)?;
    Ok(offered.filter(|offered| *offered != leader.limit))
}

/// A person's own limit or last offer; none when everything was taken back or cancelled.
pub(super) fn own_limit(
    tx: &mut store::Tx<'_>,
    stored: &auctions::Stored,
    standing: bool,
    person: Person,
) -> Result<Option<Amount>, Refusal> {
    let (leader, phase) = (stored.auction.standing.leader, stored.auction.standing.phase);
    // Who took a price or bought has no offer that stands beside it.
    let won =
        matches!(phase, Phase::Closed { outcome: Outcome::Sold { winner, .. }, .. } if winner == person);
    match leader.filter(|leader| leader.person == person) {
        Some(leader) => Ok(Some(leader.limit)),
        None if standing || won => Ok(entries::own_last(tx, stored, person)?),
        None => Ok(None),
    }
}
