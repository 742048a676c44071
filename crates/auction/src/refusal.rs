//! Every way in which the rules say no.

use crate::{Amount, Progress};

/// A refusal with what the asker needs to know. Never carries what only somebody else may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The deed is for the seller (or a moderator) only.
    NotYours,
    /// The format does not know this deed.
    NotInThisFormat,
    /// The id was used for something else.
    IdUsed,
    /// The account is suspended.
    Suspended,
    /// The seller blocked this bidder.
    Blocked,
    /// Sellers do not bid on their own items.
    OwnItem,
    /// Who took back may only return within an hour, once.
    TookBack,
    /// The auction is not open.
    NotOpen {
        /// Where it is instead.
        progress: Progress,
    },
    /// A price-relevant term changed since the version that was looked at.
    TermsChanged,
    /// There is nothing of the asker's (or of the bidder named) to take away.
    NothingToTakeBack,
    /// Less than 12 hours are left and the last offer is more than an hour old.
    TooLateToTakeBack,
    /// Under 12 hours one takes back once an auction.
    AlreadyTookBack,
    /// Nothing can be edited, or withdrawn, this close to the end.
    TooLateToChange,
    /// Terms are frozen at the first bid.
    TermsFrozen,
    /// Nobody leads, so nobody can be sold to.
    NothingToSell,
    /// The 48 hours for accepting the leader are over.
    AcceptanceExpired,
    /// Buy now is gone.
    BuyNowGone,
    /// The amount is finer than the currency's minor unit.
    NotWholeUnits,
    /// A reserve can only be lowered.
    ReserveNotLower,
    /// The amount is too low.
    TooLow {
        /// The least that would be taken.
        least: Amount,
    },
    /// The amount is too high: beyond what is taken at all, or in a reverse auction above what is asked.
    TooHigh {
        /// The most that would be taken.
        most: Amount,
    },
    /// The leader's new limit is no improvement on the own one.
    NotAboveOwn {
        /// The own limit; only its owner ever sees this.
        own: Amount,
    },
    /// The clock shows a higher price than the one that was seen.
    PriceHigher {
        /// The price on arrival.
        price: Amount,
    },
}

impl Refusal {
    /// The stable code, as in the API.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::NotYours => "not_yours",
            Refusal::NotInThisFormat => "not_in_this_format",
            Refusal::IdUsed => "id_used",
            Refusal::Suspended => "suspended",
            Refusal::Blocked => "blocked",
            Refusal::OwnItem => "own_item",
            Refusal::TookBack => "took_back",
            Refusal::NotOpen { .. } => "not_open",
            Refusal::TermsChanged => "terms_changed",
            Refusal::NothingToTakeBack => "nothing_to_take_back",
            Refusal::TooLateToTakeBack => "too_late_to_take_back",
            Refusal::AlreadyTookBack => "already_took_back",
            Refusal::TooLateToChange => "too_late_to_change",
            Refusal::TermsFrozen => "terms_frozen",
            Refusal::NothingToSell => "nothing_to_sell",
            Refusal::AcceptanceExpired => "acceptance_expired",
            Refusal::BuyNowGone => "buy_now_gone",
            Refusal::ReserveNotLower => "reserve_not_lower",
            Refusal::NotWholeUnits => "not_whole_units",
            Refusal::TooLow { .. } => "too_low",
            Refusal::TooHigh { .. } => "too_high",
            Refusal::NotAboveOwn { .. } => "not_above_own",
            Refusal::PriceHigher { .. } => "price_higher",
        }
    }

    /// Codes of all refusals, in the order of their precedence.
    pub const CODES: [&'static str; 23] = [
        "not_yours",
        "not_in_this_format",
        "id_used",
        "suspended",
        "blocked",
        "own_item",
        "took_back",
        "not_open",
        "terms_changed",
        "nothing_to_take_back",
        "too_late_to_take_back",
        "already_took_back",
        "too_late_to_change",
        "terms_frozen",
        "nothing_to_sell",
        "acceptance_expired",
        "buy_now_gone",
        "not_whole_units",
        "reserve_not_lower",
        "too_low",
        "too_high",
        "not_above_own",
        "price_higher",
    ];

    /// The amount that goes with it, in minor units.
    pub fn amount(&self) -> Option<Amount> {
        match *self {
            Refusal::TooLow { least } => Some(least),
            Refusal::TooHigh { most } => Some(most),
            Refusal::NotAboveOwn { own } => Some(own),
            Refusal::PriceHigher { price } => Some(price),
            _ => None,
        }
    }

    /// The refusal, without an amount, of what never becomes an entry, back from its code. `None` for other codes.
    pub fn before_entry(code: &str) -> Option<Refusal> {
        let all = [
            Refusal::NotYours,
            Refusal::NotInThisFormat,
            Refusal::IdUsed,
            Refusal::Suspended,
            Refusal::Blocked,
            Refusal::OwnItem,
            Refusal::TookBack,
        ];
        all.into_iter().find(|refusal| refusal.code() == code)
    }

    /// The refusal of an entry, back from its code, its amount and where the auction was then.
    /// `None` for a code that no entry carries.
    pub fn from_parts(code: &str, amount: Option<Amount>, progress: Progress) -> Option<Refusal> {
        Some(match code {
            "not_open" => Refusal::NotOpen { progress },
            "terms_changed" => Refusal::TermsChanged,
            "nothing_to_take_back" => Refusal::NothingToTakeBack,
            "too_late_to_take_back" => Refusal::TooLateToTakeBack,
            "already_took_back" => Refusal::AlreadyTookBack,
            "too_late_to_change" => Refusal::TooLateToChange,
            "nothing_to_sell" => Refusal::NothingToSell,
            "acceptance_expired" => Refusal::AcceptanceExpired,
            "buy_now_gone" => Refusal::BuyNowGone,
            "reserve_not_lower" => Refusal::ReserveNotLower,
            "not_whole_units" => Refusal::NotWholeUnits,
            "too_low" => Refusal::TooLow { least: amount? },
            "too_high" => Refusal::TooHigh { most: amount? },
            "not_above_own" => Refusal::NotAboveOwn { own: amount? },
            "price_higher" => Refusal::PriceHigher { price: amount? },
            _ => return None,
        })
    }
}
