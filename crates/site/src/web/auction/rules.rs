//! The rules of this auction in words.

use super::super::visit::Visit;
use super::super::written;
use auction::{Amount, Format, Terms};
use market::show::AuctionPage;

/// The rules of this auction in words.
pub(super) struct Rules {
    pub(super) sentences: Vec<String>,
    /// From this price on, an offer adds at least this step.
    pub(super) steps: Vec<(String, String)>,
}

impl Rules {
    pub(super) fn new(visit: &Visit, seen: &AuctionPage) -> Rules {
        let terms = &seen.terms;
        let amount = |amount: Amount| written::amount(amount, terms.currency);
        let mut sentences = vec![format(visit, terms), close(visit, terms)];
        if terms.has_ladder() {
            sentences.push(visit.words("rules-part-of-a-step", &[]));
        }
        if !matches!(terms.format, Format::Descending(_)) {
            sentences.push(visit.words("rules-tie", &[]));
        }
        if seen.shown.reserve_met.is_some() {
            sentences.push(visit.words("rules-reserve", &[]));
        }
        if let Some(buy_now) = terms.buy_now {
            sentences.push(visit.words("rules-buy-now", &[("amount", amount(buy_now).into())]));
        }
        sentences.push(visit.words("rules-taking-back", &[]));
        let rows = terms.steps.rows().iter().filter(|_| terms.has_ladder());
        Rules { sentences, steps: rows.map(|row| (amount(row.from), amount(row.step))).collect() }
    }
}

fn format(visit: &Visit, terms: &Terms) -> String {
    let word = store::encoding::format_word(&terms.format);
    let amount = |amount: Amount| written::amount(amount, terms.currency);
    let mut values = vec![("start", amount(terms.start_price).into())];
    if let Format::Descending(clock) = terms.format {
        values.push(("step", amount(clock.step).into()));
        values.push(("floor", amount(clock.floor).into()));
        values.push(("interval", visit.length(clock.interval).into()));
    }
    visit.words(&format!("rules-{word}"), &values)
}

fn close(visit: &Visit, terms: &Terms) -> String {
    match terms.extension.filter(|_| terms.has_ladder()) {
        None => visit.words("rules-hard-close", &[]),
        Some(extension) => {
            let window = visit.length(extension.window).into();
            visit
                .words("rules-soft-close", &[("window", window), ("cap", visit.length(extension.cap).into())])
        }
    }
}
