//! The ladder of ascending and reverse auctions: rules 1 to 5, written once for both directions.
//!
//! A reverse auction is the mirror of an ascending one, so amounts are turned into *worths* that grow towards
//! the better offer: the amount itself, or its negative. In worths there is only one rule to read.

use crate::{Amount, Auction, Person, Refusal, Standing, Terms};

/// Which of two offers is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The higher one: a sale.
    Higher,
    /// The lower one: a job.
    Lower,
}

impl Side {
    /// A number that is larger for the better amount.
    pub fn worth(self, amount: Amount) -> i64 {
        match self {
            Side::Higher => amount.0,
            Side::Lower => -amount.0,
        }
    }

    /// The amount of a worth.
    pub fn amount(self, worth: i64) -> Amount {
        match self {
            Side::Higher => Amount(worth),
            Side::Lower => Amount(-worth),
        }
    }
}

/// Price, leader and reserve, in worths.
pub(crate) struct Ladder<'a> {
    terms: &'a Terms,
    side: Side,
    price: Option<i64>,
    leader: Option<(Person, i64)>,
    reserve: Option<i64>,
}

impl<'a> Ladder<'a> {
    /// Before the first offer.
    pub(crate) fn new(terms: &'a Terms) -> Ladder<'a> {
        let side = terms.side();
        let reserve = terms.reserve.map(|amount| side.worth(amount));
        Ladder { terms, side, price: None, leader: None, reserve }
    }

    /// As strangers see it: only the price is known.
    pub(crate) fn seen(terms: &'a Terms, price: Option<Amount>) -> Ladder<'a> {
        let side = terms.side();
        Ladder { price: price.map(|amount| side.worth(amount)), ..Ladder::new(terms) }
    }

    /// As the auction stands.
    pub(crate) fn of(auction: &'a Auction) -> Ladder<'a> {
        let side = auction.terms.side();
        let standing = &auction.standing;
        Ladder {
            terms: &auction.terms,
            side,
            price: standing.price.map(|amount| side.worth(amount)),
            leader: standing.leader.map(|leader| (leader.person, side.worth(leader.limit))),
            reserve: standing.reserve.map(|amount| side.worth(amount)),
        }
    }

    /// Whether this offer may be made.
    pub(crate) fn check(&self, who: Person, amount: Amount) -> Result<(), Refusal> {
        if amount > Amount::MOST {
            return Err(Refusal::TooHigh { most: Amount::MOST });
        }
        if amount < Amount::ONE && self.side == Side::Lower {
            return Err(Refusal::TooLow { least: Amount::ONE });
        }
        let worth = self.side.worth(amount);
        match self.leader {
            Some((leader, own)) if leader == who && worth <= own => {
                Err(Refusal::NotAboveOwn { own: self.side.amount(own) })
            }
            Some((leader, _)) if leader == who => Ok(()),
            _ if worth < self.least_worth() => Err(self.insufficient()),
            _ => Ok(()),
        }
    }

    /// The least (reverse: the most) that this person may offer now.
    pub(crate) fn least(&self, who: Option<Person>) -> Amount {
        match self.leader {
            Some((leader, own)) if Some(leader) == who => self.side.amount(own + 1),
            _ => self.side.amount(self.least_worth()),
        }
    }

    /// The least (reverse: the most) that this person could offer now, where the format has such a bound and there is still
    /// an amount beyond the price.
    pub(crate) fn offered(&self, who: Option<Person>) -> Option<Amount> {
        if self.terms.is_sealed() {
            return Some(self.terms.start_price);
        }
        let least = self.terms.has_ladder().then(|| self.least(who));
        least.filter(|least| (Amount::ONE..=Amount::MOST).contains(least))
    }

    /// Rules 1 and 2: the start price, then the price and a step. In a reverse auction whose price is not above
    /// its step, any lower amount will do.
    fn least_worth(&self) -> i64 {
        let Some(price) = self.price else {
            return self.side.worth(self.terms.start_price);
        };
        let next = self.raised(price);
        if self.side == Side::Lower && next > -Amount::ONE.0 { price + 1 } else { next }
    }

    fn insufficient(&self) -> Refusal {
        let bound = self.side.amount(self.least_worth());
        match self.side {
            Side::Higher => Refusal::TooLow { least: bound },
            Side::Lower => Refusal::TooHigh { most: bound },
        }
    }

    /// One step beyond a worth.
    fn raised(&self, worth: i64) -> i64 {
        worth + self.terms.steps.at(self.side.amount(worth)).0
    }

    /// Takes an offer. Whether it may be made was asked before, or, when the ladder is folded again, is not
    /// asked again.
    pub(crate) fn take(&mut self, who: Person, amount: Amount) {
        let worth = self.side.worth(amount);
        match self.leader {
            // Rule 1: the price is the start price, whatever the maximum.
            None => {
                self.price = Some(self.side.worth(self.terms.start_price));
                self.leader = Some((who, worth));
            }
            // Rule 3: a raise changes nothing else.
            Some((leader, own)) if leader == who => self.leader = Some((who, own.max(worth))),
            // Rule 4: the loser's limit and a step, capped at the winner's; a tie stays with who was first.
            Some((leader, own)) => {
                let (high, low) = (worth.max(own), worth.min(own));
                self.lift(high.min(self.raised(low)));
                self.leader = Some(if worth > own { (who, worth) } else { (leader, own) });
            }
        }
        self.lift_to_reserve();
    }

    /// Rule 5, a lower reserve. Whether it is lower was asked before.
    pub(crate) fn lower_reserve(&mut self, to: Amount) {
        let reserve = self.side.worth(to);
        self.reserve = Some(reserve);
        let above_price = self.price.is_none_or(|price| reserve > price);
        if let Some((_, limit)) = &mut self.leader
            && above_price
        {
            // Nobody wins unawares, and lowering in steps does not feel for a maximum.
            *limit = (*limit).min(reserve - 1);
        }
    }

    /// Rule 5: as soon as the leader's limit reaches the reserve, so does the price.
    fn lift_to_reserve(&mut self) {
        if let (Some((_, limit)), Some(reserve)) = (self.leader, self.reserve)
            && limit >= reserve
        {
            self.lift(reserve);
        }
    }

    fn lift(&mut self, to: i64) {
        self.price = Some(self.price.map_or(to, |price| price.max(to)));
    }

    /// Writes price, leader and reserve into a standing.
    pub(crate) fn write_to(&self, standing: &mut Standing) {
        let amount = |worth| self.side.amount(worth);
        standing.price = self.price.map(amount);
        standing.leader = self.leader.map(|(person, limit)| crate::Leader { person, limit: amount(limit) });
        standing.reserve = self.reserve.map(amount);
    }
}
