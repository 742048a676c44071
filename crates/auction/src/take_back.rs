//! Taking back: a bidder retracts, a seller or moderator cancels. The ladder is folded again without.

use crate::replay::{self, Offer};
use crate::{Auction, Bidder, Case, Deed, Entry, Person, Refusal, Span, Standing, Time, Which};

/// With this much left, all of one's offers are taken back.
const FREELY: Span = Span::hours(12);

/// With less left, the last offer may be taken back this long.
const LAST_WITHIN: Span = Span::hours(1);

/// A bidder takes back. Gives the numbers of the offers that go.
pub(crate) fn retract(case: &Case<'_>, bidder: &Bidder, at: Time) -> Result<Vec<u32>, Refusal> {
    let own = standing_of(case.history, bidder.person);
    let last = own.last().ok_or(Refusal::NothingToTakeBack)?;
    if case.auction.standing.ends_at - at >= FREELY {
        return Ok(own.iter().map(|offer| offer.number).collect());
    }
    if at - last.at > LAST_WITHIN {
        return Err(Refusal::TooLateToTakeBack);
    }
    if bidder.taken_back.is_some() {
        return Err(Refusal::AlreadyTookBack);
    }
    Ok(vec![last.number])
}

/// Offers are cancelled. Gives the numbers of those that go.
pub(crate) fn cancel(history: &[Entry], whose: Person, which: Which) -> Result<Vec<u32>, Refusal> {
    let chosen = |offer: &Offer| match which {
        Which::One(number) => offer.number == number,
        Which::All => true,
    };
    let numbers: Vec<u32> =
        standing_of(history, whose).iter().filter(|offer| chosen(offer)).map(|offer| offer.number).collect();
    if numbers.is_empty() { Err(Refusal::NothingToTakeBack) } else { Ok(numbers) }
}

/// How the auction stands without these offers. The end is not moved back; buy now does not return.
pub(crate) fn without(auction: &Auction, history: &[Entry], removed: &[u32]) -> Standing {
    let folded = replay::fold(&auction.terms, history, removed);
    let mut after = auction.standing.clone();
    after.price = folded.price;
    after.leader = folded.leader;
    after.offers = folded.offers;
    after
}

fn standing_of(history: &[Entry], person: Person) -> Vec<Offer> {
    replay::offers(history, &[]).filter(|offer| offer.person == person).collect()
}

impl Case<'_> {
    /// Whether the asker still has an offer once these are gone.
    pub fn still_standing(&self, whose: Person, removed: &[u32]) -> bool {
        replay::offers(self.history, removed).any(|offer| offer.person == whose)
    }
}

impl Deed {
    /// Whose offers it takes away, if it is that kind of deed and `by` gives it.
    pub fn takes_from(&self, by: Option<Person>) -> Option<Person> {
        match self {
            Deed::Retract { .. } => by,
            Deed::Cancel { whose, .. } => Some(*whose),
            _ => None,
        }
    }
}
