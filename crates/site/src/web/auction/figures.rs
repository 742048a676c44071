//! The numbers of an auction: price, next offer, offers, reserve, end.

use super::super::visit::Visit;
use super::super::written::{self, Moment};
use auction::{Amount, Format, Outcome, Progress};
use market::show::AuctionPage;

/// The numbers of an auction, in words.
pub(super) struct Figures {
    pub(super) price_label: String,
    pub(super) price: String,
    /// The least (reverse: the most) next offer of anybody who does not lead.
    pub(super) next: Option<String>,
    pub(super) next_label: String,
    pub(super) offers: u32,
    pub(super) reserve: Option<String>,
    pub(super) opens: Option<Moment>,
    pub(super) end_label: String,
    pub(super) end: Moment,
    pub(super) left: Option<String>,
    /// The end was moved by offers.
    pub(super) extended: bool,
    /// The end was moved by an outage of the site.
    pub(super) postponed: bool,
    pub(super) leader: Option<String>,
    pub(super) leader_label: String,
}

impl Figures {
    pub(super) fn new(visit: &Visit, seen: &AuctionPage) -> Figures {
        let (shown, terms) = (&seen.shown, &seen.terms);
        let amount = |amount: Amount| written::amount(amount, terms.currency);
        let (price_key, price) = price(seen);
        let over = matches!(shown.progress, Progress::Sold | Progress::Unsold | Progress::Withdrawn);
        let next_key = if terms.format == Format::Reverse { "figure-next-reverse" } else { "figure-next" };
        let next = shown.next_offer.filter(|_| terms.has_ladder());
        // There from the beginning, so that nothing moves when there is a first one.
        let nobody = || (terms.has_ladder() && !over).then(|| visit.words("figure-nobody", &[]));
        let reserve = match shown.reserve_met {
            Some(true) => Some("reserve-met"),
            Some(false) if over => Some("reserve-missed"),
            Some(false) => Some("reserve-not-met"),
            None => None,
        };
        let leader_key = match shown.outcome {
            None => "figure-leader",
            Some(Outcome::Sold { .. }) => "figure-winner",
            Some(Outcome::Unsold) => "figure-best",
        };
        Figures {
            price_label: visit.words(price_key, &[]),
            price: price.map_or_else(|| "–".to_owned(), amount),
            next: next.map(amount),
            next_label: visit.words(next_key, &[]),
            offers: shown.offers,
            reserve: reserve.map(|key| visit.words(key, &[])),
            opens: (terms.opens_at > seen.at).then(|| visit.minute(terms.opens_at)),
            end_label: visit.words(if over { "lot-ended" } else { "lot-ends" }, &[]),
            end: visit.second(shown.ends_at),
            left: (shown.progress == Progress::Open).then(|| visit.left(shown.ends_at)),
            extended: terms.has_ladder() && shown.postponed == 0 && shown.ends_at > terms.ends_at,
            postponed: shown.postponed > 0,
            leader_label: visit.words(leader_key, &[]),
            leader: seen.leader.clone().or_else(nobody),
        }
    }
}

/// The price with the key of what it is called.
fn price(seen: &AuctionPage) -> (&'static str, Option<Amount>) {
    let (shown, terms) = (&seen.shown, &seen.terms);
    match (shown.outcome, shown.price) {
        (Some(Outcome::Sold { price, .. }), _) => ("price-sold", Some(price)),
        (Some(Outcome::Unsold), Some(price)) => ("price-best", Some(price)),
        (_, Some(price)) => ("price-now", Some(price)),
        (_, None) if terms.format == Format::Reverse => ("price-ceiling", Some(terms.start_price)),
        (_, None) => ("price-start", Some(terms.start_price)),
    }
}
