//! Whether what was said later is what was promised before.

use super::collect::Found;
use super::links::History;
use super::{Gap, Reason, Receipts, Report};
use crate::commitment;
use crate::wire::rulings::What;
use crate::wire::{Bid, Closed, Kind, Outcome, Phase, Ruling};

pub(super) fn check(receipts: &Receipts, found: &Found, history: &History<'_>, report: &mut Report) {
    opened(receipts, found, history, report);
    bids(found, history, report);
    heads(found, history, report);
    terms(found, report);
    found.closed.iter().for_each(|closed| ending(closed, history, report));
    for withdrawn in &found.withdrawn {
        let Some(message) = history.ending_with(withdrawn.last) else { continue };
        if message.rulings.state.phase != Phase::Withdrawn {
            report.fault(Some(withdrawn.last), Reason::Ending("outcome"));
        }
    }
}

/// Opened offers and the opened reserve are what they were bound to.
fn opened(receipts: &Receipts, found: &Found, history: &History<'_>, report: &mut Report) {
    for offer in found.opened.iter().flat_map(|opened| &opened.offers) {
        // Behind a hole it cannot be checked, and that there is one is said already.
        let Some(entry) = history.entry(offer.n) else { continue };
        let (Some(bid), Some(bound), true) = (entry.bid, entry.commitment, entry.accepted) else {
            report.fault(Some(offer.n), Reason::NoBid);
            continue;
        };
        let made = commitment::offer(receipts.origin, receipts.auction, bid, offer.amount, offer.salt);
        if made != bound {
            report.fault(Some(offer.n), Reason::Commitment);
        }
    }
    let bound = found
        .listings
        .iter()
        .filter_map(|listing| listing.reserve_commitment.map(|of| (listing.version, of)));
    let Some((_, bound)) = bound.max_by_key(|(version, _)| *version) else { return };
    for reserve in found.opened.iter().filter_map(|opened| opened.reserve) {
        let made = commitment::reserve(receipts.origin, receipts.auction, reserve.amount, reserve.salt);
        if made != bound {
            report.fault(None, Reason::ReserveCommitment);
        }
    }
}

/// Entries about bids from elsewhere are about what was sent.
fn bids(found: &Found, history: &History<'_>, report: &mut Report) {
    for entry in history.entries() {
        let (Some(site), Some(id)) = (entry.site, entry.bid) else { continue };
        let sent = found.bids.get(&(site, id));
        let differences: Vec<_> = sent.into_iter().flatten().map(|bid| difference(bid, entry)).collect();
        match differences.iter().min() {
            None => report.gap(Some(entry.n), Gap::BidMissing),
            Some(None) => {}
            Some(Some(field)) => report.fault(Some(entry.n), Reason::BidDiffers(field)),
        }
    }
}

/// The first field in which an entry differs from the bid that was sent.
fn difference(bid: &Bid, entry: &Ruling) -> Option<&'static str> {
    let kind = match bid.kind {
        Kind::Offer => What::Offer,
        Kind::Take => What::Take,
        Kind::Buy => What::Buy,
    };
    let differs = [
        (kind != entry.what, "kind"),
        (Some(bid.number) != entry.number, "number"),
        (Some(bid.version) != entry.version, "version"),
        (Some(bid.commitment) != entry.commitment, "commitment"),
    ];
    differs.into_iter().find(|(differs, _)| *differs).map(|(_, field)| field)
}

/// Heads that were stated elsewhere are those of the chain.
fn heads(found: &Found, history: &History<'_>, report: &mut Report) {
    let stated = found.listings.iter().filter_map(|listing| Some((listing.state.last, listing.state.head?)));
    let closed = found.closed.iter().map(|closed| (closed.last, closed.head));
    let withdrawn = found.withdrawn.iter().map(|withdrawn| (withdrawn.last, withdrawn.head));
    for (last, head) in stated.chain(closed).chain(withdrawn) {
        if history.ending_with(last).is_some_and(|message| message.head != head) {
            report.fault(Some(last), Reason::Contradiction);
        }
    }
}

/// Since the version in which they last changed, terms are the same in every listing.
fn terms(found: &Found, report: &mut Report) {
    let Some(newest) = found.newest() else { return };
    let since = found.listings.iter().filter(|listing| listing.version >= newest.terms_version);
    if since.into_iter().any(|listing| listing.terms != newest.terms) {
        report.fault(None, Reason::Contradiction);
    }
}

/// What was said at the close is what the rulings say.
fn ending(closed: &Closed, history: &History<'_>, report: &mut Report) {
    let Some(message) = history.ending_with(closed.last) else { return };
    let state = &message.rulings.state;
    let phase = if closed.outcome == Outcome::Sold { Phase::Sold } else { Phase::Unsold };
    let bidder = closed.winner.map(|winner| winner.bidder());
    let won = |entry: &Ruling| entry.accepted && entry.bid == closed.winner.map(|winner| winner.bid);
    let is_a_bid = closed.winner.is_none() || history.entries().any(won);
    let differs = [
        (state.phase != phase, "outcome"),
        (state.at != Some(closed.at), "at"),
        (state.winner != bidder, "winner"),
        (state.sold_price != closed.price, "price"),
        (!is_a_bid, "winner.bid"),
    ];
    let first = differs.into_iter().find(|(differs, _)| *differs);
    first.into_iter().for_each(|(_, field)| report.fault(Some(closed.last), Reason::Ending(field)));
}
