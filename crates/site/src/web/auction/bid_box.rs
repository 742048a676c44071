//! The one box in which a viewer bids: what fits the format, and what the viewer may do.

use super::super::filled::{Filled, written as id};
use super::super::visit::Visit;
use super::super::written;
use auction::{Amount, Format, Progress};
use market::show::AuctionPage;

/// What a viewer can do to get this item.
pub(super) struct BidBox {
    /// Why there is nothing to do, where that needs saying.
    pub(super) closed: Option<String>,
    /// Somebody must sign in first.
    pub(super) stranger: bool,
    /// The form for an amount.
    pub(super) offer: Option<Offer>,
    /// The price of a descending clock: as a number, and in words.
    pub(super) take: Option<(String, String)>,
    /// The buy-now price, in words.
    pub(super) buy_now: Option<String>,
    /// The viewer may take back.
    pub(super) may_retract: bool,
    /// Ids of the commands that these forms would give.
    pub(super) ids: [String; 3],
}

/// The form for an amount.
pub(super) struct Offer {
    pub(super) label: String,
    /// What would do, and what happens with it: for who leads, and for everybody else.
    pub(super) hint: String,
    /// The hint with a place for the amount, for live updates.
    pub(super) pattern: String,
    pub(super) hint_leading: Option<String>,
    pub(super) note: String,
}

impl BidBox {
    pub(super) fn new(visit: &Visit, seen: &AuctionPage, form: &Filled) -> BidBox {
        let currency = seen.terms.currency;
        let closed = closed(visit, seen);
        let open = closed.is_none() && seen.shown.progress == Progress::Open && !seen.own.selling;
        let stranger = open && visit.viewer.is_none();
        let bids = open && !stranger;
        let descending = matches!(seen.terms.format, Format::Descending(_));
        let price = seen.shown.price.filter(|_| bids && descending);
        let fresh = || id(visit.market().fresh_id());
        // A form that came back keeps its id: the same command, or the fresh one of whoever was refused.
        let first = form.filled("id").map_or_else(fresh, str::to_owned);
        BidBox {
            closed,
            stranger,
            offer: (bids && !descending).then(|| offer(visit, seen)),
            take: price.map(|price| (currency.write(price), written::amount(price, currency))),
            buy_now: seen.shown.buy_now.filter(|_| bids).map(|price| written::amount(price, currency)),
            may_retract: bids && !descending && seen.own.limit.is_some() && seen.origin.is_none(),
            ids: [first, fresh(), fresh()],
        }
    }
}

fn closed(visit: &Visit, seen: &AuctionPage) -> Option<String> {
    let suspended = visit.viewer.as_ref().is_some_and(|viewer| viewer.suspended);
    match seen.shown.progress {
        Progress::Scheduled => {
            let opens = visit.minute(seen.terms.opens_at).text;
            Some(visit.words("bid-scheduled", &[("time", opens.into())]))
        }
        Progress::Open if suspended => Some(visit.words("bid-suspended", &[])),
        Progress::Closing => Some(visit.words("bid-closing", &[])),
        _ => None,
    }
}

fn offer(visit: &Visit, seen: &AuctionPage) -> Offer {
    let amount = |amount: Amount| written::amount(amount, seen.terms.currency);
    let word = store::encoding::format_word(&seen.terms.format);
    let says = |key: &str, amount: String| {
        let values = [("amount", amount.into())];
        visit.words(key, &values)
    };
    let written = |value: Option<Amount>| value.map_or_else(|| "–".to_owned(), amount);
    let (hint, leading) = match seen.terms.format {
        Format::Reverse => ("bid-at-most", "bid-below-own"),
        _ => ("bid-at-least", "bid-above-own"),
    };
    let leads = seen.own.leading && seen.own.limit.is_some();
    Offer {
        label: visit.words(&format!("bid-label-{word}"), &[]),
        hint: says(hint, written(seen.shown.next_offer)),
        pattern: says(hint, "{amount}".to_owned()),
        hint_leading: leads.then(|| says(leading, written(seen.own.limit))),
        note: visit.words(&format!("bid-note-{word}"), &[]),
    }
}
