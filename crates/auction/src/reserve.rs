//! The seller lowers the reserve (in a reverse auction: raises the hidden most).

use crate::ladder::Ladder;
use crate::{Amount, Auction, Decimal, Refusal, Standing, buy_now};

/// Lowers the reserve; `None` drops it, which is lowering to the start price.
pub(crate) fn lower(auction: &Auction, to: Option<Decimal>) -> Result<(Standing, Amount), Refusal> {
    let side = auction.terms.side();
    let start = auction.terms.start_price;
    let to = match to {
        Some(written) => auction.terms.currency.minor(written).ok_or(Refusal::NotWholeUnits)?,
        None => start,
    };
    let now = auction.standing.reserve.ok_or(Refusal::ReserveNotLower)?;
    let worth = side.worth(to);
    if worth >= side.worth(now) || worth < side.worth(start) {
        return Err(Refusal::ReserveNotLower);
    }
    let mut after = auction.standing.clone();
    if auction.terms.has_ladder() {
        let mut ladder = Ladder::of(auction);
        ladder.lower_reserve(to);
        ladder.write_to(&mut after);
        buy_now::after_change(&mut after);
    } else {
        after.reserve = Some(to);
    }
    Ok((after, to))
}
