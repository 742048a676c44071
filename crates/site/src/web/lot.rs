//! One auction in a list.

use super::frame::Frame;
use super::visit::Visit;
use super::written::{self, Moment};
use crate::answer::progress_word;
use auction::{Outcome, Progress};
use market::show::ListRow;

/// One auction in a list, in words.
pub(super) struct Lot {
    pub(super) id: i64,
    pub(super) version: u32,
    pub(super) title: String,
    /// Whose it is, if not this site's.
    pub(super) site: Option<String>,
    pub(super) format: String,
    pub(super) state: &'static str,
    pub(super) price_label: String,
    pub(super) price: String,
    pub(super) offers: String,
    pub(super) when_label: String,
    pub(super) when: Moment,
    pub(super) left: Option<String>,
}

impl Lot {
    pub(super) fn new(visit: &Visit, row: ListRow) -> Lot {
        let shown = &row.shown;
        let (price_label, price) = price(visit, &row);
        let (when_key, when) = match shown.progress {
            Progress::Unpublished | Progress::Scheduled => ("lot-opens", row.opens_at),
            Progress::Open | Progress::Closing => ("lot-ends", shown.ends_at),
            _ => ("lot-ended", shown.ends_at),
        };
        Lot {
            id: row.id,
            version: row.version,
            format: visit.format(row.format),
            state: progress_word(shown.progress),
            price_label,
            price,
            offers: visit.words("lot-offers", &[("count", shown.offers.into())]),
            when_label: visit.words(when_key, &[]),
            when: visit.short(when),
            left: (shown.progress == Progress::Open).then(|| visit.left(shown.ends_at)),
            site: row.site,
            title: row.title,
        }
    }

    /// What the state is called.
    pub(super) fn state_words(&self, page: &Frame) -> String {
        let state = self.state;
        page.words(&format!("state-{state}"))
    }
}

fn price(visit: &Visit, row: &ListRow) -> (String, String) {
    let shown = &row.shown;
    let (key, amount) = match (shown.outcome, shown.price, shown.next_offer) {
        (Some(Outcome::Sold { price, .. }), ..) => ("price-sold", Some(price)),
        (Some(Outcome::Unsold), Some(price), _) => ("price-best", Some(price)),
        (_, Some(price), _) => ("price-now", Some(price)),
        (_, None, Some(start)) => ("price-start", Some(start)),
        _ => ("price-none", None),
    };
    let amount = amount.map_or_else(|| "–".to_owned(), |amount| written::amount(amount, row.currency));
    (visit.words(key, &[]), amount)
}

impl Visit {
    /// What a format is called, by its word.
    pub(super) fn format(&self, format: &str) -> String {
        self.words(&format!("format-{format}"), &[])
    }
}
