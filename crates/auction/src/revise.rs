//! Publishing and editing a listing. None of this decides a bid, so it leaves no entries.

use crate::{Auction, Phase, Refusal, Span, Terms, Time};

/// In the last hours nothing is edited once there are bids.
const FROZEN_BEFORE_END: Span = Span::hours(12);

/// Replaces the terms while nobody has bid. The version grows if `visible` (text, pictures, or a term that
/// strangers see) changed. The new terms must have been checked for [`Terms::problems`].
pub fn replace_terms(auction: &Auction, terms: Terms, text_changed: bool) -> Result<Auction, Refusal> {
    if auction.frozen {
        return Err(Refusal::TermsFrozen);
    }
    if !matches!(
        auction.standing.phase,
        Phase::Draft | Phase::AwaitingApproval | Phase::NotApproved | Phase::Published
    ) {
        return Err(Refusal::TooLateToChange);
    }
    let mut revised = auction.clone();
    let price_relevant = auction.terms.price_relevant_change(&terms);
    revised.version += u32::from(price_relevant || text_changed);
    if price_relevant {
        revised.terms_version = revised.version;
    }
    // An end that an outage has moved stays where it is unless the seller sets another.
    if terms.ends_at != auction.terms.ends_at {
        revised.standing.ends_at = terms.ends_at + revised.standing.stood_still;
    }
    revised.standing.reserve = terms.reserve;
    revised.standing.buy_now = terms.buy_now.is_some();
    revised.terms = terms;
    Ok(revised)
}

/// Adds to the text. With bids that is all that can be done, and not in the last 12 hours (in the second half
/// of an auction shorter than 24 hours).
pub fn add_text(auction: &Auction, now: Time) -> Result<Auction, Refusal> {
    may_edit(auction, now)?;
    let mut revised = auction.clone();
    revised.version += 1;
    Ok(revised)
}

/// Whether anything may still be edited at `now`.
pub fn may_edit(auction: &Auction, now: Time) -> Result<(), Refusal> {
    let over = !matches!(
        auction.standing.phase,
        Phase::Draft | Phase::AwaitingApproval | Phase::NotApproved | Phase::Published
    );
    let ended = auction.standing.phase == Phase::Published && now >= auction.standing.ends_at;
    let half = Span((auction.terms.ends_at - auction.terms.opens_at).0 / 2);
    let late = auction.frozen && auction.standing.ends_at - now < FROZEN_BEFORE_END.min(half);
    if over || ended || late { Err(Refusal::TooLateToChange) } else { Ok(()) }
}

/// Publishes at `now`. A planned start that has passed moves, and the end with it.
pub fn publish(auction: &Auction, now: Time) -> Auction {
    let mut published = auction.clone();
    let late = (now - published.terms.opens_at).max(Span::ZERO);
    published.terms.opens_at = published.terms.opens_at + late;
    published.terms.ends_at = published.terms.ends_at + late;
    published.standing.ends_at = published.terms.ends_at;
    published.standing.phase = Phase::Published;
    published
}
