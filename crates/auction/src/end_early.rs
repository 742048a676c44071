//! Ending before the end: selling to the leader now, or withdrawing.

use crate::{Actor, Auction, Case, Format, Outcome, Phase, Refusal, Span, Standing, Time, close};

/// With bids and less than this left, a seller can only sell, not withdraw.
const WITHDRAW_BEFORE: Span = Span::hours(12);

/// Sells to the leader now at the price shown, reserve or not: the seller accepts it. A sealed auction is
/// decided now by its own rule.
pub(crate) fn sell_now(case: &Case<'_>, at: Time) -> Result<Standing, Refusal> {
    let auction = case.auction;
    let outcome = match (auction.standing.leader, auction.standing.price) {
        (Some(leader), Some(price)) => Outcome::Sold { winner: leader.person, price },
        _ if auction.terms.is_sealed() => close::outcome(auction, case.history),
        _ => Outcome::Unsold,
    };
    if outcome == Outcome::Unsold {
        return Err(Refusal::NothingToSell);
    }
    let mut after = close::closed(auction, outcome, at);
    after.ends_at = at;
    Ok(after)
}

/// Takes the item off. A moderator may at any time; a seller with bids only while 12 hours or more are left.
pub(crate) fn withdraw(auction: &Auction, by: Actor, at: Time) -> Result<Standing, Refusal> {
    let has_bids = auction.standing.offers > 0;
    let late = auction.standing.ends_at - at < WITHDRAW_BEFORE;
    let seller = matches!(by, Actor::Person(_));
    if seller && has_bids && late && !matches!(auction.terms.format, Format::Descending(_)) {
        return Err(Refusal::TooLateToChange);
    }
    let mut after = auction.standing.clone();
    after.phase = Phase::Withdrawn { at };
    after.buy_now = false;
    Ok(after)
}
