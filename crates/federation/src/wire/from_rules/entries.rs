//! Entries as strangers may know them.
//!
//! What is written does not depend on when: an entry looks the same while its auction runs and after the close.

use super::Register;
use crate::sealing::Code;
use crate::wire::rulings::What;
use crate::wire::{Away, Bidder, Line, Moment, Money, Ruling};
use auction::shown::{self, ShownEntry};
use auction::{Auction, Deed, Entry, Person, Verdict};

/// The rulings of these entries. `auction` is the auction as it is after them, or later.
pub fn entries(auction: &Auction, entries: &[Entry], register: &mut impl Register) -> Vec<Ruling> {
    entries.iter().map(|entry| ruling(auction, entry, register)).collect()
}

fn ruling(auction: &Auction, entry: &Entry, register: &mut impl Register) -> Ruling {
    let shown = shown::entry(auction, entry, None);
    match what(&entry.deed) {
        Some(what) if what.is_bid() => bid(auction, entry, what, shown.as_ref(), register),
        Some(what) if shown.is_some() => deed(auction, entry, what, shown.as_ref(), register),
        _ => empty(entry, What::Private),
    }
}

/// What it was about; `None` for what is always private.
fn what(deed: &Deed) -> Option<What> {
    Some(match deed {
        Deed::Offer { .. } => What::Offer,
        Deed::Take { .. } => What::Take,
        Deed::BuyNow => What::Buy,
        Deed::Retract { .. } => What::Retract,
        Deed::Cancel { .. } => What::Cancel,
        Deed::EndEarly => What::EndEarly,
        Deed::Withdraw { .. } => What::Withdraw,
        Deed::Accept => What::Accept,
        Deed::Close => What::Close,
        Deed::Postpone { .. } => What::Postpone,
        Deed::LowerReserve { .. } => return None,
    })
}

/// That something was decided, and no more.
fn empty(entry: &Entry, what: What) -> Ruling {
    Ruling {
        n: entry.number,
        what,
        bid: None,
        site: None,
        number: None,
        commitment: None,
        at: Moment::nearest(entry.at),
        version: None,
        accepted: false,
        code: None,
        removed: Vec::new(),
        away: None,
        reason: None,
        price: None,
        leader: None,
        ends_at: None,
    }
}

/// A bid. Of the origin's own bidders strangers learn who it was only where the rules show it, and nothing but
/// the fact of what was refused; a site learns what became of what it sent.
fn bid(
    auction: &Auction,
    entry: &Entry,
    what: What,
    shown: Option<&ShownEntry>,
    register: &mut impl Register,
) -> Ruling {
    let mut ruling = Ruling { accepted: entry.accepted(), ..empty(entry, what) };
    let bidder = entry.by.person().and_then(|person| register.bidder(person));
    let elsewhere = bidder.and_then(|bidder| bidder.site);
    if !entry.accepted() && elsewhere.is_none() {
        return ruling;
    }
    if let Some(pledge) = register.pledge(entry) {
        ruling.bid = Some(pledge.bid);
        ruling.commitment = Some(pledge.commitment);
    }
    ruling.version = Some(entry.version);
    let is_named = elsewhere.is_some() || shown.is_some_and(|shown| shown.who.is_some());
    name(&mut ruling, bidder.filter(|_| is_named));
    show(&mut ruling, shown, register);
    if let (Some(site), Some(code)) = (elsewhere, refusal(auction, entry)) {
        ruling.code = register.seal(site, entry, &code);
    }
    ruling
}

/// Everything but bids.
fn deed(
    auction: &Auction,
    entry: &Entry,
    what: What,
    shown: Option<&ShownEntry>,
    register: &mut impl Register,
) -> Ruling {
    let mut ruling = Ruling { accepted: true, ..empty(entry, what) };
    name(&mut ruling, shown.and_then(|shown| shown.who).and_then(|who| register.bidder(who)));
    show(&mut ruling, shown, register);
    // Of a sealed auction strangers do not learn whose offer was taken away.
    if !auction.terms.is_sealed() {
        ruling.removed = entry.removed.to_vec();
        ruling.removed.sort_unstable();
    }
    let whose = entry.deed.takes_from(None);
    let site = whose.and_then(|whose| register.bidder(whose)).and_then(|bidder| bidder.site);
    if let (Some(whose), Some(site)) = (whose, site) {
        ruling.site = Some(site);
        ruling.code = register.seal(site, entry, &taken(auction, entry, whose));
    }
    ruling
}

fn name(ruling: &mut Ruling, bidder: Option<Bidder>) {
    ruling.site = bidder.and_then(|bidder| bidder.site);
    ruling.number = bidder.map(|bidder| bidder.number);
}

/// Takes over what strangers see of it.
fn show(ruling: &mut Ruling, shown: Option<&ShownEntry>, register: &impl Register) {
    let Some(shown) = shown else { return };
    ruling.away = shown.away.map(|(from, to)| Away { from: Moment::nearest(from), to: Moment::nearest(to) });
    ruling.reason = shown.reason.as_deref().map(Line::cut);
    ruling.price = shown.price.and_then(|price| Money::try_from(price).ok());
    ruling.leader = shown.leader.and_then(|leader| register.bidder(leader));
    ruling.ends_at = Some(Moment::nearest(shown.ends_at));
}

/// Why it was refused, as the bidder sees it.
fn refusal(auction: &Auction, entry: &Entry) -> Option<Code> {
    let Verdict::Refused(refusal) = shown::entry(auction, entry, entry.by.person())?.verdict else {
        return None;
    };
    Some(Code {
        code: Some(Line::cut(refusal.code())),
        amount: refusal.amount().map(|amount| amount.0),
        ..Code::default()
    })
}

/// Why offers were taken away, and which, as their bidder sees it.
fn taken(auction: &Auction, entry: &Entry, whose: Person) -> Code {
    let seen = shown::entry(auction, entry, Some(whose));
    Code {
        reason: seen.and_then(|seen| seen.reason).map(|reason| Line::cut(&reason)),
        removed: if auction.terms.is_sealed() { entry.removed.to_vec() } else { Vec::new() },
        ..Code::default()
    }
}
