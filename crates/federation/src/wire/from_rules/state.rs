//! How an auction stands, from what strangers see of it.

use crate::wire::{Bidder, Hash, Length, Moment, Money, Phase, State};
use auction::{Auction, Outcome, Person, Progress, shown};

/// The state after the last entry. `head` is the chain head after it, or `None` inside rulings. It does not depend on
/// the moment: a falling clock shows no price, and whether it has opened is told by the terms.
pub fn state(auction: &Auction, head: Option<Hash>, who: impl Fn(Person) -> Option<Bidder>) -> State {
    let shown = shown::auction(auction, auction.last_at);
    let money = |amount| Money::try_from(amount).ok();
    let clock = auction.clock_price(auction.last_at).filter(|_| shown.over_at.is_none());
    let sold = match shown.outcome {
        Some(Outcome::Sold { winner, price }) => Some((winner, price)),
        _ => None,
    };
    State {
        last: auction.last,
        head,
        phase: phase(shown.progress),
        at: shown.over_at.map(Moment::nearest),
        price: shown.price.filter(|_| clock.is_none()).and_then(money),
        leader: shown.leader.and_then(&who),
        offers: shown.offers,
        reserve_met: shown.reserve_met,
        buy_now: shown.buy_now.is_some(),
        ends_at: Moment::nearest(shown.ends_at),
        postponed: shown.postponed,
        stood_still: Length(shown.stood_still.0.max(0)),
        winner: sold.and_then(|(winner, _)| who(winner)),
        sold_price: sold.and_then(|(_, price)| money(price)),
    }
}

fn phase(progress: Progress) -> Phase {
    match progress {
        Progress::Unpublished | Progress::Scheduled | Progress::Open | Progress::Closing => Phase::Open,
        Progress::Sold => Phase::Sold,
        Progress::Unsold => Phase::Unsold,
        Progress::Withdrawn => Phase::Withdrawn,
    }
}
