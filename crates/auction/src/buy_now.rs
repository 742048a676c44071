//! Buy now beside an ascending auction.

use crate::{Amount, Auction, Outcome, Person, Phase, Refusal, Standing, Time};

/// Ends the auction at the buy-now price.
pub(crate) fn buy(auction: &Auction, person: Person, at: Time) -> Result<(Standing, Amount), Refusal> {
    let price = auction.terms.buy_now.ok_or(Refusal::NotInThisFormat)?;
    if !auction.standing.buy_now {
        return Err(Refusal::BuyNowGone);
    }
    let mut after = auction.standing.clone();
    after.phase = Phase::Closed { at, outcome: Outcome::Sold { winner: person, price } };
    after.ends_at = at;
    after.price = Some(price);
    after.leader = None;
    after.offers += 1;
    after.buy_now = false;
    Ok((after, price))
}

/// Gone at the first bid or, if there is a reserve, when it is met: by an offer, by lowering it, or because
/// offers were folded again. Once gone, it does not return.
pub(crate) fn after_change(after: &mut Standing) {
    let gone = match (after.reserve, after.price) {
        (Some(reserve), Some(price)) => price >= reserve,
        (_, price) => price.is_some(),
    };
    after.buy_now &= !gone;
}
