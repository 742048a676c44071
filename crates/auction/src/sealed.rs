//! Sealed auctions: one hidden offer a bidder, opened at the close.

use crate::{Amount, Auction, Bidder, Entry, Format, Outcome, Person, Refusal, Standing, replay};

/// An offer as it stands at the close: of several by one bidder the last.
struct Sealed {
    person: Person,
    amount: Amount,
}

/// Whether this amount may be offered.
pub(crate) fn check(auction: &Auction, amount: Amount) -> Result<(), Refusal> {
    if amount > Amount::MOST {
        return Err(Refusal::TooHigh { most: Amount::MOST });
    }
    if amount < auction.terms.start_price {
        return Err(Refusal::TooLow { least: auction.terms.start_price });
    }
    Ok(())
}

/// An offer replaces the bidder's own; only a first one adds to the count.
pub(crate) fn take(standing: &mut Standing, bidder: &Bidder) {
    standing.offers += u32::from(!bidder.standing);
}

/// How many bidders have an offer that stands.
pub(crate) fn count(history: &[Entry], removed: &[u32]) -> u32 {
    open(history, removed).len() as u32
}

/// Opens the offers: the best wins, of equal ones the earliest that was not replaced since.
pub(crate) fn outcome(auction: &Auction, history: &[Entry]) -> Outcome {
    let offers = open(history, &[]);
    let mut best: Option<&Sealed> = None;
    let mut second: Option<Amount> = None;
    for offer in &offers {
        match best {
            Some(leading) if offer.amount <= leading.amount => second = second.max(Some(offer.amount)),
            _ => {
                second = best.map(|outdone| outdone.amount);
                best = Some(offer);
            }
        }
    }
    let reserve = auction.standing.reserve.unwrap_or(Amount(0));
    match best {
        Some(best) if best.amount >= reserve => {
            let least = auction.terms.start_price.max(reserve);
            let price = match auction.terms.format {
                Format::SealedSecondPrice => second.map_or(least, |second| second.max(least)),
                _ => best.amount,
            };
            Outcome::Sold { winner: best.person, price }
        }
        _ => Outcome::Unsold,
    }
}

/// The offers that stand, in the order in which they were last replaced.
fn open(history: &[Entry], removed: &[u32]) -> Vec<Sealed> {
    let mut offers: Vec<Sealed> = Vec::new();
    for (person, amount) in replay::offers(history, removed).map(|offer| (offer.person, offer.amount)) {
        offers.retain(|other| other.person != person);
        offers.push(Sealed { person, amount });
    }
    offers
}
