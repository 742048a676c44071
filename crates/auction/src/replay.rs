//! Folding entries: the offers that stand, the ladder without some of them, and the proof that a history gives
//! the state that it claims.

use crate::ladder::Ladder;
use crate::{
    Amount, Auction, Bidder, Case, Command, Decision, Deed, Entry, Leader, Person, Phase, Refusal, Standing,
    Terms, Time, Verdict, decide, sealed,
};
use std::collections::{HashMap, HashSet};

/// An offer that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its entry.
    pub number: u32,
    /// Its arrival.
    pub at: Time,
    /// Who made it.
    pub person: Person,
    /// In minor units.
    pub amount: Amount,
}

/// The offers that stand, in order, without those that entries took away and without `removed`.
pub fn offers<'h>(history: &'h [Entry], removed: &[u32]) -> impl Iterator<Item = Offer> + use<'h> {
    let accepted = || history.iter().filter(|entry| entry.accepted());
    let gone: HashSet<u32> = accepted().flat_map(|entry| entry.removed.iter().copied()).collect();
    let gone: HashSet<u32> = gone.into_iter().chain(removed.iter().copied()).collect();
    accepted().filter(move |entry| !gone.contains(&entry.number)).filter_map(offer)
}

fn offer(entry: &Entry) -> Option<Offer> {
    let (Deed::Offer { .. }, Some(amount), Some(person)) = (&entry.deed, entry.amount, entry.by.person())
    else {
        return None;
    };
    Some(Offer { number: entry.number, at: entry.at, person, amount })
}

/// What the remaining commands, folded again in their order, give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) price: Option<Amount>,
    pub(crate) leader: Option<Leader>,
    pub(crate) offers: u32,
}

/// Folds the ladder again without `removed`. Rule 2 is not asked again; a raise without its base counts as an
/// offer; a lowered reserve cuts whoever leads at that point.
pub(crate) fn fold(terms: &Terms, history: &[Entry], removed: &[u32]) -> Folded {
    if terms.is_sealed() {
        return Folded { price: None, leader: None, offers: sealed::count(history, removed) };
    }
    let standing: HashMap<u32, Offer> = offers(history, removed).map(|offer| (offer.number, offer)).collect();
    let mut ladder = Ladder::new(terms);
    // A reserve lowered before the first bid is in the terms already.
    let frozen = history.iter().skip_while(|entry| !(entry.accepted() && entry.deed.is_bid()));
    for entry in frozen.filter(|entry| entry.accepted()) {
        match (&entry.deed, entry.amount) {
            (Deed::LowerReserve { .. }, Some(to)) => ladder.lower_reserve(to),
            _ => {
                if let Some(offer) = standing.get(&entry.number) {
                    ladder.take(offer.person, offer.amount);
                }
            }
        }
    }
    let mut folded = Standing::new(Phase::Published, terms);
    ladder.write_to(&mut folded);
    Folded { price: folded.price, leader: folded.leader, offers: standing.len() as u32 }
}

/// The first entry of a history that is not what the rules give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Its number; the number expected where one is missing.
    pub number: u32,
    /// What is wrong with it.
    pub what: &'static str,
}

/// Decides a whole history again and compares every entry. `first` is the published auction before its first
/// entry, with the terms as they were frozen and the versions as they were last. Gives the auction after the last
/// entry. What the rules do not decide cannot be checked: ids, reasons, and the moment within its neighbours'.
pub fn verify(first: Auction, entries: &[Entry]) -> Result<Auction, Mismatch> {
    let mut auction = first;
    let mut bidders: HashMap<Person, Bidder> = HashMap::new();
    let mut accepted: Vec<Entry> = Vec::new();
    for entry in entries {
        let number = auction.last + 1;
        let wrong = |what| Mismatch { number, what };
        if entry.number != number {
            return Err(wrong("number"));
        }
        if entry.at < auction.last_at {
            return Err(wrong("arrival"));
        }
        if !is_bound(&auction, entry) {
            pass_over(&mut auction, entry).map_err(wrong)?;
            continue;
        }
        check(&auction, &bidders, &accepted, entry).map_err(wrong)?;
        if entry.accepted() {
            follow(&auction, &mut bidders, &accepted, entry);
            accepted.push(entry.clone());
        }
        auction.apply(entry);
    }
    Ok(auction)
}

/// Whether an entry can be decided again. Before the first bid the terms were still free, so only the bid that
/// froze them and the close after which they cannot change are bound by them.
fn is_bound(auction: &Auction, entry: &Entry) -> bool {
    let binds = entry.deed.is_bid() || entry.deed == Deed::Close;
    auction.frozen || (binds && entry.accepted())
}

/// Follows an entry that cannot be decided again. Its terms and its phase may be older than those known, so only
/// a moved end and a withdrawal are believed. Certainly nobody had offered anything.
fn pass_over(auction: &mut Auction, entry: &Entry) -> Result<(), &'static str> {
    let after = &entry.after;
    if after.offers != 0 || after.price.is_some() || after.leader.is_some() {
        return Err("state");
    }
    auction.last = entry.number;
    auction.last_at = entry.at;
    let standing = &mut auction.standing;
    match entry.deed {
        Deed::Postpone { .. } if entry.accepted() => {
            standing.ends_at = after.ends_at;
            standing.postponed = after.postponed;
            standing.stood_still = after.stood_still;
        }
        Deed::Withdraw { .. } if entry.accepted() => standing.clone_from(after),
        _ => {}
    }
    Ok(())
}

/// Compares an entry with what the rules give.
fn check(
    auction: &Auction,
    bidders: &HashMap<Person, Bidder>,
    history: &[Entry],
    entry: &Entry,
) -> Result<(), &'static str> {
    if !entry.accepted() && entry.after != auction.standing {
        return Err("state");
    }
    // A version that had not been written yet was refused then, and would be taken now.
    let from_the_future = entry.version > auction.terms_version;
    if from_the_future && entry.verdict == Verdict::Refused(Refusal::TermsChanged) {
        return Ok(());
    }
    let again = decide_again(auction, bidders, history, entry).ok_or("verdict")?;
    if again == *entry { Ok(()) } else { Err("state") }
}

fn decide_again(
    auction: &Auction,
    bidders: &HashMap<Person, Bidder>,
    history: &[Entry],
    entry: &Entry,
) -> Option<Entry> {
    let person = entry.by.person();
    let bidder = person.map(|person| bidders.get(&person).cloned().unwrap_or_else(|| Bidder::new(person)));
    let case = Case { auction, bidder: bidder.as_ref(), history, prior: None };
    let command = Command { id: entry.id, by: entry.by, version: entry.version, deed: entry.deed.clone() };
    match decide(&case, &command, entry.at) {
        Decision::Append(again) => Some(again),
        _ => None,
    }
}

/// Takes an accepted entry into what is known of the bidders.
fn follow(auction: &Auction, bidders: &mut HashMap<Person, Bidder>, history: &[Entry], entry: &Entry) {
    let case = Case { auction, bidder: None, history, prior: None };
    if let Some(person) = entry.by.person() {
        bidders.entry(person).or_insert_with(|| Bidder::new(person)).apply(entry);
    }
    if let Some(whose) = entry.deed.takes_from(entry.by.person()) {
        let bidder = bidders.entry(whose).or_insert_with(|| Bidder::new(whose));
        bidder.standing = case.still_standing(whose, &entry.removed);
    }
}
