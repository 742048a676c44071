//! The descending clock ("Dutch"): the price falls, the first to take it wins.

use crate::{
    Amount, Auction, Clock, Decimal, Format, Outcome, Person, Phase, Refusal, Span, Standing, Terms, Time,
};

impl Clock {
    /// How many steps from a start price to the floor; the last one may be shorter.
    pub(crate) fn steps_from(&self, start: Amount) -> i64 {
        let fall = (start.0 - self.floor.0).max(0);
        (fall + self.step.0 - 1) / self.step.0.max(1)
    }

    /// From the opening to the end: the floor holds for one interval.
    pub(crate) fn length(&self, start: Amount) -> Span {
        Span((self.steps_from(start) + 1).saturating_mul(self.interval.0))
    }
}

impl Auction {
    /// The price on the clock at `now`; `None` in other formats. Before the opening it is the start price.
    /// price(t) = max(floor, start − step × whole intervals since opening), standing still through outages.
    pub fn clock_price(&self, now: Time) -> Option<Amount> {
        self.terms.clock_price(self.standing.stood_still, now)
    }
}

impl Terms {
    /// The price on the clock at `now`, of a clock that outages have made stand still for so long.
    pub(crate) fn clock_price(&self, stood_still: Span, now: Time) -> Option<Amount> {
        let Format::Descending(clock) = self.format else {
            return None;
        };
        let running = now - (self.opens_at + stood_still);
        let intervals = (running.0 / clock.interval.0.max(1)).max(0);
        let fall = clock.step.0.saturating_mul(intervals);
        Some(Amount((self.start_price.0.saturating_sub(fall)).max(clock.floor.0)))
    }
}

/// Takes the price on arrival, unless it is higher than the one that was seen.
pub(crate) fn take(
    auction: &Auction,
    person: Person,
    seen: Decimal,
    at: Time,
) -> Result<(Standing, Amount), Refusal> {
    let price = auction.clock_price(at).ok_or(Refusal::NotInThisFormat)?;
    let seen = auction.terms.currency.minor(seen).ok_or(Refusal::NotWholeUnits)?;
    if price > seen {
        return Err(Refusal::PriceHigher { price });
    }
    let outcome = Outcome::Sold { winner: person, price };
    let mut after = auction.standing.clone();
    after.phase = Phase::Closed { at, outcome };
    after.ends_at = at;
    after.price = Some(price);
    after.offers = 1;
    Ok((after, price))
}
