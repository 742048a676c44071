//! The terms of an auction as the columns that auctions of this site and of others share.

use super::{format_word, steps_text};
use auction::{Format, Terms};
use journal::{Arg, args};

/// Terms on their way into a row. The reserve is not among them.
#[derive(Debug)]
pub(crate) struct TermColumns<'a> {
    terms: &'a Terms,
    steps: String,
}

impl<'a> TermColumns<'a> {
    /// Of these terms.
    pub(crate) fn of(terms: &'a Terms) -> TermColumns<'a> {
        TermColumns { terms, steps: steps_text(&terms.steps) }
    }

    /// In this order: `format`, `clock_step`, `clock_interval`, `clock_floor`, `currency`, `exponent`, `start_price`,
    /// `buy_now_price`, `steps`, `opens_at`, `scheduled_end`, `extension_window`, `extension_cap`.
    pub(crate) fn args(&self) -> Vec<Arg<'_>> {
        let terms = self.terms;
        let [step, interval, floor] = match terms.format {
            Format::Descending(clock) => [Some(clock.step.0), Some(clock.interval.0), Some(clock.floor.0)],
            _ => [None; 3],
        };
        args![
            format_word(&terms.format),
            step,
            interval,
            floor,
            terms.currency.code(),
            terms.currency.exponent(),
            terms.start_price.0,
            terms.buy_now.map(|amount| amount.0),
            &self.steps,
            terms.opens_at.0,
            terms.ends_at.0,
            terms.extension.map(|extension| extension.window.0),
            terms.extension.map(|extension| extension.cap.0),
        ]
        .to_vec()
    }
}
