//! Envelopes are kept with the auctions that they are about, so that these can be checked afterwards.

use super::{Heard, Here};
use crate::wire::{Body, Site};
use market::Refusal;
use store::receipts::{self, Envelope};
use store::{Error, Tx, auctions, replicas, sites};

/// What one message is about.
struct About {
    /// The site that decides.
    origin: Site,
    /// The auction's number there.
    auction: u64,
    /// The version of the listing; 0 for what is no listing.
    listing: u32,
}

/// Keeps an envelope with every auction that is known here. A listing that is only told again is not kept again.
pub(super) fn keep(tx: &mut Tx<'_>, here: &Here, heard: &Heard) -> Result<(), Refusal> {
    let from = Site(heard.from);
    let mut kept = None;
    for about in heard.messages.iter().filter_map(|message| about(from, &message.event.body)) {
        let Some(auction) = number_here(tx, here, &about)? else { continue };
        if about.listing > 0 && receipts::has_listing(tx, auction, about.listing)? {
            continue;
        }
        let envelope = match kept {
            Some(envelope) => envelope,
            None => receipts::keep(tx, &stored(heard))?,
        };
        kept = Some(envelope);
        receipts::about(tx, auction, envelope, about.listing)?;
    }
    Ok(())
}

fn stored(heard: &Heard) -> Envelope<'_> {
    let (stream, envelope) = (heard.envelope.stream(), &heard.envelope);
    let number = envelope.number();
    // The key lies in the envelope itself.
    Envelope { site: heard.from.bytes(), epoch: stream.epoch, number, bytes: envelope.bytes() }
}

fn about(from: Site, body: &Body) -> Option<About> {
    let own = |auction| Some(About { origin: from, auction, listing: 0 });
    match body {
        Body::Listing(listing) => {
            Some(About { origin: from, auction: listing.auction, listing: listing.version })
        }
        Body::Rulings(rulings) => own(rulings.auction),
        Body::Closed(closed) => own(closed.auction),
        Body::Opened(opened) => own(opened.auction),
        Body::Withdrawn(withdrawn) => own(withdrawn.auction),
        Body::Bid(bid) => Some(About { origin: bid.origin, auction: bid.auction, listing: 0 }),
        Body::Site(_) | Body::Verdict(_) | Body::Pulse(_) | Body::Wanted(_) => None,
    }
}

/// The auction's number in this database, if it is known.
fn number_here(tx: &mut Tx<'_>, here: &Here, about: &About) -> Result<Option<i64>, Error> {
    let Ok(remote) = i64::try_from(about.auction) else { return Ok(None) };
    if about.origin.0 == here.key {
        return Ok(auctions::find(tx, remote)?.map(|found| found.id));
    }
    let Some(site) = sites::by_key(tx, about.origin.0.bytes())? else { return Ok(None) };
    Ok(replicas::by_origin(tx, site.id, remote)?.map(|found| found.id))
}
