//! What is said at the end, from the rules.

use super::Register;
use crate::wire::ending::OPENED_MOST;
use crate::wire::{
    Closed, Hash, Line, Moment, Money, Opened, OpenedOffer, OpenedReserve, Outcome, Winner, Withdrawn,
};
use auction::{Amount, Auction, Deed, Entry, Person, replay, shown};

/// The outcome; `None` if the auction is not closed. `history`: its entries; `head`: the chain head after the last.
pub fn closed(
    number: u64,
    auction: &Auction,
    history: &[Entry],
    head: Hash,
    register: &impl Register,
) -> Option<Closed> {
    let shown = shown::auction(auction, auction.last_at);
    let (outcome, winner, price) = match shown.outcome? {
        auction::Outcome::Sold { winner, price } => (Outcome::Sold, Some(winner), Some(price)),
        auction::Outcome::Unsold => (Outcome::Unsold, None, None),
    };
    let winner = match winner {
        Some(winner) => Some(named(winner, history, register)?),
        None => None,
    };
    let price = price.and_then(|price| Money::try_from(price).ok());
    let at = Moment::nearest(shown.over_at?);
    Some(Closed { auction: number, last: auction.last, head, at, outcome, winner, price })
}

fn named(winner: Person, history: &[Entry], register: &impl Register) -> Option<Winner> {
    let bidder = register.bidder(winner)?;
    let offer = replay::offers(history, &[]).filter(|offer| offer.person == winner).last();
    let is_winning = |entry: &&Entry| match entry.deed {
        Deed::Take { .. } | Deed::BuyNow => entry.accepted() && entry.by.person() == Some(winner),
        _ => offer.is_some_and(|offer| offer.number == entry.number),
    };
    let entry = history.iter().rev().find(is_winning)?;
    Some(Winner { site: bidder.site, number: bidder.number, bid: register.pledge(entry)?.bid })
}

/// The reason and the moment of a withdrawal; `None` if the auction is not withdrawn.
pub fn withdrawn(number: u64, auction: &Auction, history: &[Entry], head: Hash) -> Option<Withdrawn> {
    let is_withdrawal = |entry: &&Entry| matches!(entry.deed, Deed::Withdraw { .. }) && entry.accepted();
    let seen = shown::entry(auction, history.iter().rev().find(is_withdrawal)?, None)?;
    Some(Withdrawn {
        auction: number,
        last: auction.last,
        head,
        at: Moment::nearest(seen.at),
        reason: seen.reason.map(|reason| Line::cut(&reason)).unwrap_or_default(),
    })
}

/// The offers that are shown after the close, in as many messages as it takes. `salt` knows the random bytes of each
/// commitment. `reserve`: what the reserve was bound to; it is opened only if the item was sold, it was met and never
/// lowered.
pub fn opened(
    number: u64,
    auction: &Auction,
    history: &[Entry],
    salt: impl Fn(&Entry) -> Option<Hash>,
    reserve: Option<OpenedReserve>,
) -> Vec<Opened> {
    let shown = shown::auction(auction, auction.last_at);
    let sold = matches!(shown.outcome, Some(auction::Outcome::Sold { .. }));
    let is_met = sold && shown.reserve_met == Some(true);
    let is_whole = |reserve: &OpenedReserve| auction.standing.reserve == Some(reserve.amount.into());
    let reserve = reserve.filter(|reserve| is_met && is_whole(reserve));
    let offers: Vec<OpenedOffer> = history
        .iter()
        .filter(|entry| entry.accepted() && entry.deed.is_bid())
        .filter_map(|entry| {
            shown::entry(auction, entry, None)?.amount?;
            let amount = Money::try_from(bound(auction, entry)?).ok()?;
            Some(OpenedOffer { n: entry.number, amount, salt: salt(entry)? })
        })
        .collect();
    if offers.is_empty() && reserve.is_none() {
        return Vec::new();
    }
    let first = offers.len().min(OPENED_MOST);
    let rest = offers[first..].chunks(OPENED_MOST).map(<[_]>::to_vec).map(|offers| (offers, None));
    let all = std::iter::once((offers[..first].to_vec(), reserve)).chain(rest);
    all.map(|(offers, reserve)| Opened { auction: number, offers, reserve }).collect()
}

/// The amount to which a bid was bound: of a take the price that was seen, not the one that is paid.
fn bound(auction: &Auction, entry: &Entry) -> Option<Amount> {
    match entry.deed {
        Deed::Take { seen } => auction.terms.currency.minor(seen),
        _ => entry.amount,
    }
}
