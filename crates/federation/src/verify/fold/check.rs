//! Which reserve to fold with, and what a difference means.

use super::amounts::Amounts;
use super::step::{Fold, Stop};
use crate::verify::collect::Found;
use crate::verify::links::History;
use crate::verify::{Gap, Reason, Report};
use crate::wire::rulings::What;
use crate::wire::{Format, Listing, Ruling, State, state};
use auction::{Amount, Side, Terms};

/// A reserve that nothing meets.
const UNREACHABLE: i64 = i64::MAX / 4;

/// Where folding ended.
struct Ended {
    /// The last entry that follows.
    folded: u32,
    /// The entry that does not, and why.
    stop: Option<(u32, Stop)>,
    /// The price that the origin gave there.
    price: Option<Amount>,
}

/// Folds the rules and reports.
pub(in crate::verify) fn check(found: &Found, history: &History<'_>, report: &mut Report) {
    let Some(listing) = found.newest() else { return report.gap(None, Gap::NoListing) };
    for entry in history.entries() {
        if entry.version.is_some_and(|version| version > listing.version) && entry.accepted {
            report.gap(Some(entry.n), Gap::Version);
        }
        if entry.what == What::Private {
            report.gap(Some(entry.n), Gap::Private);
        }
    }
    if matches!(listing.terms.format, Format::SealedFirstPrice | Format::SealedSecondPrice) {
        return report.gap(None, Gap::SealedOffers);
    }
    let has_private = history.entries().any(|entry| entry.what == What::Private);
    Trial { found, history, listing, has_private }.report(report);
}

struct Trial<'a> {
    found: &'a Found,
    history: &'a History<'a>,
    listing: &'a Listing,
    /// The reserve may have been lowered.
    has_private: bool,
}

impl Trial<'_> {
    fn report(&self, report: &mut Report) {
        // Terms that cannot be were refused when the listing was read.
        let Ok(terms) = self.listing.terms.rules(None) else { return };
        let amounts = Amounts::of(self.found, self.history, terms.side());
        let (ended, guess) = self.best(&terms, &amounts);
        let guessed = guess.is_some();
        report.folded = ended.folded;
        amounts.taken().for_each(|n| report.gap(Some(n), Gap::WinnersOffer));
        guess.into_iter().for_each(|gap| report.gap(None, gap));
        match ended.stop {
            Some((n, Stop::Closed)) => report.gap(Some(n), Gap::OfferClosed),
            Some((n, Stop::Wrong(_))) if self.may_be_hidden(n, guessed, &amounts) => {
                report.gap(Some(n), Gap::Undecided);
            }
            Some((n, Stop::Wrong(reason))) => report.fault(Some(n), reason),
            None => {}
        }
    }

    /// Folds with the reserve that is known, or with the one that explains most, and says which kind that was.
    fn best(&self, terms: &Terms, amounts: &Amounts) -> (Ended, Option<Gap>) {
        let fold = |reserve| self.fold(&Terms { reserve, ..terms.clone() }, amounts);
        if !self.listing.terms.has_reserve {
            return (fold(None), None);
        }
        if let Some(reserve) = self.found.opened.iter().find_map(|opened| opened.reserve) {
            return (fold(Some(reserve.amount.into())), None);
        }
        let side = terms.side();
        let unmet = fold(Some(unreachable(side)));
        // Meeting a reserve lifts the price to it, where it does not lie below the price already.
        let guesses = unmet.price.into_iter().chain([terms.start_price]);
        let (mut best, mut kind) = (unmet, Gap::ReserveClosed);
        for guess in guesses {
            if best.stop.is_some() {
                let met = fold(Some(guess));
                if met.folded > best.folded || met.stop.is_none() {
                    (best, kind) = (met, Gap::ReserveGuessed);
                }
            }
        }
        (best, Some(kind))
    }

    fn fold(&self, terms: &Terms, amounts: &Amounts) -> Ended {
        let newest = self.history.entries().filter_map(|entry| entry.version).max();
        let version = newest.unwrap_or(1).max(self.listing.version);
        let mut fold = Fold::new(terms.clone(), (self.listing.terms_version, version), amounts);
        let (mut folded, revised) = (0, self.revised());
        for message in &self.history.messages {
            for entry in &message.rulings.entries {
                if let Some(told) = revised.filter(|told| told.last + 1 == entry.n) {
                    fold.begin_anew(told);
                }
                if let Err(stop) = fold.step(entry) {
                    return ended(folded, entry, stop);
                }
                folded = entry.n;
            }
            let given = state(&fold.auction, None, |person| fold.people.bidder(person));
            // Then there were other terms, which nobody has to keep.
            let is_free =
                !fold.auction.frozen && revised.is_some_and(|told| message.rulings.last() <= told.last);
            if let Some(field) = self.difference(&given, &message.rulings.state).filter(|_| !is_free) {
                let stop = Some((folded, Stop::Wrong(Reason::State(field))));
                return Ended { folded: folded - 1, stop, price: None };
            }
        }
        Ended { folded, stop: None, price: None }
    }

    /// How the auction stood when it got its present terms, if there were entries before that.
    fn revised(&self) -> Option<&State> {
        let since = self.found.listings.iter().filter(|told| told.version >= self.listing.terms_version);
        let first = since.min_by_key(|told| (told.version, told.state.last))?;
        Some(&first.state).filter(|told| told.last > 0 && self.listing.terms_version > 1)
    }

    /// The first field of two states that differs. What depends on the reserve is compared only if that is known.
    fn difference(&self, given: &State, said: &State) -> Option<String> {
        let mut given = given.clone();
        let is_known = self.found.opened.iter().any(|opened| opened.reserve.is_some()) && !self.has_private;
        if self.listing.terms.has_reserve && !is_known {
            given.reserve_met = said.reserve_met;
            given.buy_now = said.buy_now;
        }
        let fields = |state: &State| serde_json::to_value(state).unwrap_or_default();
        let (given, said) = (fields(&given), fields(said));
        let names = given.as_object().into_iter().chain(said.as_object()).flat_map(|object| object.keys());
        names.into_iter().find(|name| given.get(*name) != said.get(*name)).cloned()
    }

    /// Whether what is wrong with this entry may come from what stays closed.
    fn may_be_hidden(&self, n: u32, guessed: bool, amounts: &Amounts) -> bool {
        let is_private = |entry: &Ruling| entry.what == What::Private && entry.n <= n;
        let lowered = self.listing.terms.has_reserve && self.history.entries().any(is_private);
        let taken = amounts.taken().filter(|offer| *offer <= n).count();
        let removed = self.history.entries().any(|entry| !entry.removed.is_empty());
        // With several closed offers of one bidder it is open at which of them an unknown reserve was met.
        lowered || removed && (guessed || taken > 0) || guessed && taken > 1
    }
}

fn ended(folded: u32, entry: &Ruling, stop: Stop) -> Ended {
    Ended { folded, stop: Some((entry.n, stop)), price: entry.price.map(Amount::from) }
}

fn unreachable(side: Side) -> Amount {
    side.amount(UNREACHABLE)
}
