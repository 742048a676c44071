//! What may not be possible to check.

use std::fmt;

/// Something that was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// The entry, if it concerns one.
    pub entry: Option<u32>,
    /// Why not.
    pub gap: Gap,
}

/// Why something was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The listing is not there, so its terms are not known.
    NoListing,
    /// No rulings are there.
    NoRulings,
    /// Rulings from this entry on, up to this one, are missing.
    Missing(u32),
    /// The listing in the version that was looked at is not there.
    Version,
    /// The message of the bid is not there.
    BidMissing,
    /// A bid from elsewhere was refused: whether rightly, its own site can tell.
    Refusal,
    /// So many bids from elsewhere are there that no entry is about.
    NotRuled(usize),
    /// The offer is not opened; nothing after it was folded.
    OfferClosed,
    /// The winner's offer stays closed. It was taken to be beyond the price, which is all that the rules need.
    WinnersOffer,
    /// The reserve is not opened, and was never met: any that is high enough gives the same.
    ReserveClosed,
    /// The reserve is not opened, and was met: one was found that gives the same, so the price may be the origin's word.
    ReserveGuessed,
    /// Sealed offers stay closed: winner and price are the origin's word.
    SealedOffers,
    /// It does not follow from what is open, but it may follow from what stays closed: a reserve that may have been
    /// lowered, or a maximum whose rival was taken back. Nothing after it was folded.
    Undecided,
    /// It is between one person and the origin.
    Private,
}

impl Gap {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Gap::NoListing => "no_listing",
            Gap::NoRulings => "no_rulings",
            Gap::Missing(_) => "missing",
            Gap::Version => "version",
            Gap::BidMissing => "bid_missing",
            Gap::Refusal => "refusal",
            Gap::NotRuled(_) => "not_ruled",
            Gap::OfferClosed => "offer_closed",
            Gap::WinnersOffer => "winners_offer",
            Gap::ReserveClosed => "reserve_closed",
            Gap::ReserveGuessed => "reserve_guessed",
            Gap::SealedOffers => "sealed_offers",
            Gap::Undecided => "undecided",
            Gap::Private => "private",
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Gap::Missing(to) => write!(f, "rulings from here to entry {to} are missing"),
            Gap::NotRuled(1) => f.write_str("one bid that was sent was never ruled on"),
            Gap::NotRuled(bids) => write!(f, "{bids} bids that were sent were never ruled on"),
            other => f.write_str(match other {
                Gap::NoListing => "the listing is missing, so the terms are not known",
                Gap::NoRulings => "there are no rulings of this auction",
                Gap::Version => "the listing in the version that was looked at is missing",
                Gap::BidMissing => "the message of the bid is missing",
                Gap::Refusal => "it was refused; whether rightly, the bidder's own site can tell",
                Gap::OfferClosed => "the offer is not opened, so nothing from here on was recomputed",
                Gap::WinnersOffer => "the best offer stays closed; it was taken to be beyond the price",
                Gap::ReserveClosed => "the reserve is not opened; it was never met",
                Gap::ReserveGuessed => {
                    "the reserve is not opened; with one that was found the rules give the same"
                }
                Gap::SealedOffers => "sealed offers stay closed, so winner and price were not recomputed",
                Gap::Undecided => {
                    "it may depend on what stays closed, so nothing from here on was recomputed"
                }
                _ => "it is between one person and the origin",
            }),
        }
    }
}
