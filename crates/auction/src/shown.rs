//! What is shown to whom. This is the one wall between what the origin knows and what strangers see: pages, the
//! API, live updates, letters and messages are made from these types and from nothing else.

pub use crate::told::Told;

use crate::{
    Actor, Amount, Auction, Deed, Entry, Leader, Outcome, Person, Phase, Progress, Span, Time, Verdict,
};

/// An auction as strangers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where it is.
    pub progress: Progress,
    /// The price; none before the first offer and in sealed auctions before the close.
    pub price: Option<Amount>,
    /// The least (reverse: the most) next offer of anybody who does not lead, while offers are or will be taken.
    pub next_offer: Option<Amount>,
    /// How many offers stand.
    pub offers: u32,
    /// Met or not; none without a reserve and in sealed auctions.
    pub reserve_met: Option<bool>,
    /// The buy-now price while it is to be had.
    pub buy_now: Option<Amount>,
    /// The effective end.
    pub ends_at: Time,
    /// Who leads, or has won. To be shown by the invented name only.
    pub leader: Option<Person>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// When it was closed or withdrawn.
    pub over_at: Option<Time>,
    /// How often an outage has moved the end.
    pub postponed: u32,
    /// How long outages have made a falling clock stand still.
    pub stood_still: Span,
    /// Number of the last entry: grows with every change. Before a sealed auction is closed, the number of offers:
    /// that somebody replaced an offer, or was refused, is not shown.
    pub last_entry: u32,
}

/// The auction as strangers see it at `now`.
pub fn auction(auction: &Auction, now: Time) -> Shown {
    Told::of(auction).shown(&auction.terms, now)
}

/// An entry as somebody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownEntry {
    /// Its number.
    pub number: u32,
    /// Its arrival.
    pub at: Time,
    /// A stable word for what was done.
    pub what: &'static str,
    /// Who did it, as far as it was a bidder. To be shown by the invented name only.
    pub who: Option<Person>,
    /// The amount, where the viewer may see it.
    pub amount: Option<Amount>,
    /// The answer; refusals are seen by who was refused only.
    pub verdict: Verdict,
    /// The price after it, as strangers saw it then.
    pub price: Option<Amount>,
    /// Who led after it.
    pub leader: Option<Person>,
    /// The end after it.
    pub ends_at: Time,
    /// Why, where it concerns the viewer.
    pub reason: Option<Box<str>>,
    /// From when to when the site was away, where that moved the end.
    pub away: Option<(Time, Time)>,
}

/// An entry as `viewer` sees it (`None`: a stranger); `None` if it is nothing to that viewer.
pub fn entry(auction: &Auction, entry: &Entry, viewer: Option<Person>) -> Option<ShownEntry> {
    let own = viewer.is_some() && entry.by.person() == viewer;
    let hidden = match entry.deed {
        _ if !entry.accepted() => true,
        Deed::Offer { .. } => auction.terms.is_sealed(),
        // It changes nothing that strangers see but the price, and that they see in the next row.
        Deed::LowerReserve { .. } => true,
        _ => false,
    };
    if hidden && !own {
        return None;
    }
    let by_bidder = entry.deed.is_bid() || matches!(entry.deed, Deed::Retract { .. });
    let who = match entry.by {
        Actor::Person(person) if by_bidder => Some(person),
        _ => entry.deed.takes_from(None),
    };
    // Of a sealed auction only the number of offers is shown, so nobody else learns whose was taken away.
    let who = who.filter(|who| !auction.terms.is_sealed() || own || viewer == Some(*who));
    Some(ShownEntry {
        number: entry.number,
        at: entry.at,
        what: entry.deed.word(),
        who,
        amount: entry.amount.filter(|amount| own || revealed(auction, entry, *amount)),
        verdict: entry.verdict,
        price: entry.after.price,
        leader: entry.after.leader.map(|leader| leader.person),
        ends_at: entry.after.ends_at,
        reason: reason(entry).filter(|_| own || concerns(auction, entry, viewer)).map(Box::from),
        away: match entry.deed {
            Deed::Postpone { from, to, .. } => Some((from, to)),
            _ => None,
        },
    })
}

/// Why something was done, where that was asked.
fn reason(entry: &Entry) -> Option<&str> {
    match &entry.deed {
        Deed::Retract { reason }
        | Deed::Cancel { reason, .. }
        | Deed::Withdraw { reason }
        | Deed::Postpone { reason, .. } => Some(&**reason).filter(|reason| !reason.is_empty()),
        _ => None,
    }
}

/// Whose business the reason is. Why an offer was taken away is said between its bidder and the seller; what ends
/// or moves the auction is everybody's.
fn concerns(auction: &Auction, entry: &Entry, viewer: Option<Person>) -> bool {
    match entry.deed.takes_from(entry.by.person()) {
        Some(bidder) => viewer == Some(bidder) || viewer == Some(auction.seller),
        None => true,
    }
}

/// Whether strangers may see the amount of an accepted entry. While an auction runs they see none. After the
/// close of a ladder all are revealed except the winner's last limit, that one only if it is the price.
fn revealed(auction: &Auction, entry: &Entry, amount: Amount) -> bool {
    match entry.deed {
        Deed::Take { .. } | Deed::BuyNow => return true,
        Deed::Offer { .. } if auction.terms.has_ladder() => {}
        _ => return false,
    }
    if !matches!(auction.standing.phase, Phase::Closed { .. }) {
        return false;
    }
    match auction.standing.leader {
        Some(leader) if entry.by.person() == Some(leader.person) => {
            Some(amount) == auction.standing.price || !may_be_last(auction, leader, amount)
        }
        _ => true,
    }
}

/// Whether this amount of the leader's may be the last limit. A lowered reserve may have cut that one; it cannot
/// be told from earlier ones then, so all beyond the price stay closed. Whether an amount is revealed must not
/// depend on how far the limit lies beyond it, for that would tell.
fn may_be_last(auction: &Auction, leader: Leader, amount: Amount) -> bool {
    if auction.standing.reserve == auction.terms.reserve {
        return amount == leader.limit;
    }
    let side = auction.terms.side();
    let price = auction.standing.price.map(|price| side.worth(price));
    Some(side.worth(amount)) > price
}
