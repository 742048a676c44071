//! Whether what was said later is what was promised before.

use super::collect::Found;
use super::links::History;
use super::{Gap, Reason, Receipts, Report};
use crate::commitment;
use crate::wire::rulings::What;
use crate::wire::{Bid, Closed, Kind, Listing, Outcome, Phase, Ruling};
use std::collections::HashSet;

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
    for reserve in found.opened.iter().filter_map(|opened| opened.reserve) {
        let made = commitment::reserve(receipts.origin, receipts.auction, reserve.amount, reserve.salt);
        // Since the terms were last changed, every listing is bound to the same.
        if final_terms(found).any(|listing| listing.reserve_commitment.is_some_and(|bound| bound != made)) {
            report.fault(None, Reason::ReserveCommitment);
        }
    }
}

/// The listings with the terms that counted in the end.
fn final_terms(found: &Found) -> impl Iterator<Item = &Listing> {
    let since = found.newest().map_or(0, |newest| newest.terms_version);
    found.listings.iter().filter(move |listing| listing.version >= since)
}

/// Entries about bids from elsewhere are about what was sent, and each bid counts once.
fn bids(found: &Found, history: &History<'_>, report: &mut Report) {
    let (mut ruled, mut counted) = (HashSet::new(), HashSet::new());
    for entry in history.entries() {
        let (Some(site), Some(id)) = (entry.site, entry.bid) else { continue };
        ruled.insert((site, id));
        if entry.accepted && !counted.insert((site, id)) {
            report.fault(Some(entry.n), Reason::Twice);
        }
        if !entry.accepted {
            report.gap(Some(entry.n), Gap::Refusal);
        }
        let sent = found.bids.get(&(site, id));
        let differences: Vec<_> = sent.into_iter().flatten().map(|bid| difference(bid, entry)).collect();
        match differences.iter().min() {
            None => report.gap(Some(entry.n), Gap::BidMissing),
            Some(None) => {}
            Some(Some(field)) => report.fault(Some(entry.n), Reason::BidDiffers(field)),
        }
    }
    let ignored = found.bids.keys().filter(|bid| !ruled.contains(*bid)).count();
    // Rulings that are missing may be about them.
    if ignored > 0 && !history.is_torn {
        report.gap(None, Gap::NotRuled(ignored));
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

/// Since the version in which they last changed, terms and reserve are the same in every listing; one version is one text;
/// and from the first bid on nothing is changed, only added.
fn terms(found: &Found, report: &mut Report) {
    let Some(newest) = found.newest() else { return };
    let bound = |listing: &Listing| (listing.terms.clone(), listing.reserve_commitment);
    let differ = final_terms(found).any(|listing| bound(listing) != bound(newest));
    let has_bids = |listing: &&Listing| listing.state.offers > 0;
    let frozen = found.listings.iter().filter(has_bids).max_by_key(|listing| listing.state.last);
    let changed = found.listings.iter().any(|listing| {
        let same = found.listings.iter().filter(|other| other.version == listing.version);
        let after = frozen.into_iter().filter(|_| listing.state.offers > 0);
        same.chain(after).any(|other| !is_same_text(listing, other))
    });
    if differ || changed {
        report.fault(None, Reason::Contradiction);
    }
}

/// Whether two listings offer the same thing. A text that was cut made room for what was added.
fn is_same_text(one: &Listing, other: &Listing) -> bool {
    let is_cut = one.cut || other.cut;
    one.title == other.title
        && one.sealing_key == other.sealing_key
        && (is_cut || one.description == other.description)
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
