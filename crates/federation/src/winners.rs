//! Somebody of another site has won here: what came sealed with the winning bid is opened, and both sides are written to.

use crate::federation::Federation;
use crate::sealing::{BidAad, SealingSecret, open_contact};
use crate::wire::{BidId, Hash, SealedBox, Site};
use auction::{Outcome, Person, Phase};
use hub::PublicKey;
use market::Refusal;
use market::actions::{GuestContact, GuestSale};
use store::{Tx, announced, auctions, bidders, entries, guest_bids, guests, position, sites};

/// The position of this reader.
const READER: &str = "winners";

/// How many entries are read at a time.
const CHUNK: usize = 4096;

impl Federation {
    /// Opens how guests are reached who have won since the last time; gives how many entries were read.
    pub async fn reach_winners(&self) -> Result<usize, Refusal> {
        let here = Site(self.key());
        let read = self.0.market.read(move |tx| {
            let from = position(tx, READER)?;
            let news = entries::news(tx, from, CHUNK)?;
            let sold = news.iter().filter_map(|news| match news.phase {
                Phase::Closed { outcome: Outcome::Sold { winner, .. }, .. } => Some((news.auction, winner)),
                _ => None,
            });
            let guests = sold.filter(|(_, winner)| guests::is_guest(*winner));
            let sales: Result<Vec<GuestSale>, Refusal> =
                guests.map(|(auction, winner)| sale(tx, here, auction, winner)).collect();
            Ok((from, news.last().map(|last| (news.len(), last.sequence)), sales?))
        });
        let (from, last, sales) = read.await?;
        let Some((count, to)) = last else { return Ok(0) };
        self.0.market.record_guest_sales(READER, from, to, sales).await?;
        Ok(count)
    }
}

fn sale(tx: &mut Tx<'_>, here: Site, auction: i64, winner: Person) -> Result<GuestSale, Refusal> {
    let contact = contact(tx, here, auction, winner)?;
    if contact.is_none() {
        tracing::warn!(
            auction,
            "the winner of auction {auction} cannot be written to: the contact does not open"
        );
    }
    Ok(GuestSale { auction, winner, contact })
}

/// What the newest of the winner's bids says that opens.
fn contact(
    tx: &mut Tx<'_>,
    here: Site,
    auction: i64,
    winner: Person,
) -> Result<Option<GuestContact>, Refusal> {
    let Some(secret) = announced::find(tx, auction)?.and_then(|known| known.secret) else { return Ok(None) };
    let Some(stored) = auctions::find(tx, auction)? else { return Ok(None) };
    let Some(site) = site_of(tx, winner)? else { return Ok(None) };
    let Some(number) = bidders::find(tx, auction, winner)?.and_then(|known| known.number) else {
        return Ok(None);
    };
    let secret = SealingSecret::generate(secret);
    let bids = entries::accepted(tx, &stored)?;
    let bids = bids.iter().rev().filter(|entry| entry.by.person() == Some(winner) && entry.deed.is_bid());
    for entry in bids {
        let Some(kept) = guest_bids::find(tx, auction, winner, entry.id)? else { continue };
        let aad = BidAad {
            origin: here,
            auction: auction.cast_unsigned(),
            version: entry.version,
            site,
            bid: BidId(entry.id.0),
            number,
            commitment: Hash(kept.commitment),
        };
        if let Ok(opened) = open_contact(&secret, &aad, &SealedBox(kept.contact)) {
            let text = |line: &str| line.to_owned();
            let (name, email) = (text(opened.name.as_str()), text(opened.email.as_str()));
            return Ok(Some(GuestContact { name, email, language: text(opened.language.as_str()) }));
        }
    }
    Ok(None)
}

fn site_of(tx: &mut Tx<'_>, guest: Person) -> Result<Option<Site>, Refusal> {
    let Some(site) = guests::site_of(tx, guest)? else { return Ok(None) };
    let found = sites::find(tx, site)?;
    Ok(found.and_then(|site| PublicKey::new(site.key).ok()).map(Site))
}
