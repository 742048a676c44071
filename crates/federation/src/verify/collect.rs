//! Whose word each message is. Only what the origin signed counts as its word; a bid is its site's.

use super::{Reason, Receipts, Report};
use crate::wire::{Bid, BidId, Body, Closed, Listing, Opened, Rulings, Site, Withdrawn, read};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hub::{Checked, Envelope, Message, Seal};
use serde_json::Value;
use std::collections::HashMap;

/// Everything that was said about the auction.
#[derive(Default)]
pub(super) struct Found {
    pub(super) listings: Vec<Listing>,
    /// With the value of their `data`.
    pub(super) rulings: Vec<(Rulings, String)>,
    pub(super) bids: HashMap<(Site, BidId), Vec<Bid>>,
    pub(super) closed: Vec<Closed>,
    pub(super) opened: Vec<Opened>,
    pub(super) withdrawn: Vec<Withdrawn>,
}

impl Found {
    /// The newest listing.
    pub(super) fn newest(&self) -> Option<&Listing> {
        self.listings.iter().max_by_key(|listing| (listing.version, listing.state.last))
    }
}

pub(super) fn collect(receipts: &Receipts, report: &mut Report) -> Found {
    let mut found = Found::default();
    for (place, text) in receipts.envelopes.iter().enumerate() {
        match open(text, place) {
            Ok(checked) => take(receipts, &checked, &mut found, report),
            Err(reason) => report.fault(None, reason),
        }
    }
    found
}

fn open(text: &str, place: usize) -> Result<Checked, Reason> {
    let bytes = STANDARD.decode(text).map_err(|_| Reason::Unreadable(place))?;
    let envelope = Envelope::read(bytes.into()).map_err(|_| Reason::Unreadable(place))?;
    Seal::of(envelope).check().map_err(|_| Reason::Forged(place))
}

fn take(receipts: &Receipts, checked: &Checked, found: &mut Found, report: &mut Report) {
    let by = Site(checked.envelope().stream().origin);
    for message in checked.envelope().messages() {
        match read(&message) {
            Ok(Some(received)) => sort(receipts, by, received.event.body, received.data, found),
            Ok(None) => {}
            Err(wrong) if by == receipts.origin && is_about(&message, receipts.auction) => {
                report.fault(None, Reason::Malformed(wrong.to_string()));
            }
            // What others say wrongly binds nobody, and of another auction it is none of this one's business.
            Err(_) => {}
        }
    }
}

/// Whether a message that cannot be read names this auction.
fn is_about(message: &Message, auction: u64) -> bool {
    let event: Value = serde_json::from_slice(&message.body).unwrap_or_default();
    event["data"]["auction"].as_u64() == Some(auction)
}

fn sort(receipts: &Receipts, by: Site, body: Body, data: String, found: &mut Found) {
    let is_ours = |auction: u64| auction == receipts.auction && by == receipts.origin;
    match body {
        Body::Listing(listing) if is_ours(listing.auction) => found.listings.push(*listing),
        Body::Rulings(rulings) if is_ours(rulings.auction) => found.rulings.push((*rulings, data)),
        Body::Closed(closed) if is_ours(closed.auction) => found.closed.push(closed),
        Body::Opened(opened) if is_ours(opened.auction) => found.opened.push(opened),
        Body::Withdrawn(withdrawn) if is_ours(withdrawn.auction) => found.withdrawn.push(withdrawn),
        Body::Bid(bid) if bid.origin == receipts.origin && bid.auction == receipts.auction => {
            // Sent again it is the same bid with new boxes; a site that sends two is told apart by what they say.
            found.bids.entry((by, bid.bid)).or_default().push(*bid);
        }
        _ => {}
    }
}
