//! The end: who has won, and the 48 hours in which a seller may accept after all.

use crate::{Auction, Entry, Format, Outcome, Phase, Refusal, Span, Standing, Time, sealed};

/// How long the leader below the reserve is bound.
const ACCEPT_WITHIN: Span = Span::hours(48);

/// What comes of the auction as it stands.
pub(crate) fn outcome(auction: &Auction, history: &[Entry]) -> Outcome {
    match auction.terms.format {
        Format::Ascending | Format::Reverse => match (auction.standing.leader, auction.standing.price) {
            (Some(leader), Some(price)) if auction.reserve_met() != Some(false) => {
                Outcome::Sold { winner: leader.person, price }
            }
            _ => Outcome::Unsold,
        },
        Format::SealedFirstPrice | Format::SealedSecondPrice => sealed::outcome(auction, history),
        Format::Descending(_) => Outcome::Unsold,
    }
}

/// Closes with this outcome.
pub(crate) fn closed(auction: &Auction, outcome: Outcome, at: Time) -> Standing {
    let mut after = auction.standing.clone();
    after.phase = Phase::Closed { at, outcome };
    after.buy_now = false;
    if let (true, Outcome::Sold { price, .. }) = (auction.terms.is_sealed(), outcome) {
        after.price = Some(price);
    }
    after
}

/// The seller accepts the leader at the price shown after an unmet reserve.
pub(crate) fn accept(auction: &Auction, at: Time) -> Result<Standing, Refusal> {
    let standing = &auction.standing;
    let Phase::Closed { at: closed_at, outcome: Outcome::Unsold } = standing.phase else {
        return Err(Refusal::NothingToSell);
    };
    let (Some(leader), Some(price)) = (standing.leader, standing.price) else {
        return Err(Refusal::NothingToSell);
    };
    if at - closed_at > ACCEPT_WITHIN {
        return Err(Refusal::AcceptanceExpired);
    }
    let mut after = standing.clone();
    let outcome = Outcome::Sold { winner: leader.person, price };
    after.phase = Phase::Closed { at: closed_at, outcome };
    Ok(after)
}
