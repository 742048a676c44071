//! What an edited listing has now, and keeps where its seller does not say otherwise.

use super::super::filled::{Filled, written};
use super::super::visit::Visit;
use auction::{Amount, Clock, Extension, Format, Progress, Span};
use market::actions::{Ending, Opening};
use market::show::AuctionPage;

/// The times that an edited listing has now.
pub(super) struct Kept {
    pub(super) auction: i64,
    pub(super) opening: Opening,
    pub(super) ending: Ending,
    /// In words; none when it has begun, or begins as soon as it is published.
    pub(super) says_opening: Option<String>,
    pub(super) says_ending: String,
    /// Window and cap of the soft close, which may be none of those that the form offers.
    pub(super) extension: Option<Extension>,
}

impl Kept {
    pub(super) fn of(visit: &Visit, page: &AuctionPage) -> Kept {
        let terms = &page.terms;
        let begun = terms.opens_at <= page.at;
        // The times of a draft count from the moment it is published.
        let waits = begun && page.shown.progress == Progress::Unpublished;
        let length = terms.ends_at - terms.opens_at;
        let keep = |text: String| visit.words("sell-keep", &[("time", text.into())]);
        Kept {
            auction: page.id,
            opening: if begun { Opening::Now } else { Opening::At(terms.opens_at) },
            ending: if waits { Ending::After(length) } else { Ending::At(terms.ends_at) },
            extension: terms.extension,
            says_opening: (!begun).then(|| keep(visit.minute(terms.opens_at).text)),
            says_ending: keep(if waits { visit.length(length) } else { visit.minute(terms.ends_at).text }),
        }
    }
}

/// The form, filled in as the listing is now.
pub(super) fn filled(visit: &Visit, page: &AuctionPage) -> Filled {
    let terms = &page.terms;
    let amount =
        |amount: Option<Amount>| amount.map_or_else(String::new, |amount| terms.currency.write(amount));
    let clock = match terms.format {
        Format::Descending(clock) => Some(clock),
        _ => None,
    };
    let (count, unit) = clock.map_or((String::new(), "60"), |clock| interval(&clock));
    let extension = terms.extension;
    let seconds = |span: Span| (span.0 / 1_000_000).to_string();
    Filled::with([
        ("id", written(visit.market().fresh_id())),
        ("version", page.version.to_string()),
        ("title", page.words.title.clone()),
        ("description", page.words.description.clone()),
        ("format", store::encoding::format_word(&terms.format).to_owned()),
        ("currency", terms.currency.code().to_owned()),
        ("start_price", amount(Some(terms.start_price))),
        ("reserve", amount(terms.reserve)),
        ("buy_now", amount(terms.buy_now)),
        ("clock_step", amount(clock.map(|clock| clock.step))),
        ("clock_floor", amount(clock.map(|clock| clock.floor))),
        ("clock_interval", count),
        ("clock_unit", unit.to_owned()),
        ("opening", if terms.opens_at <= page.at { "now" } else { "keep" }.to_owned()),
        ("opens_at", visit.field(terms.opens_at)),
        ("ending", "keep".to_owned()),
        ("ends_at", visit.field(terms.ends_at)),
        ("extension_window", extension.map_or_else(|| "0".to_owned(), |extension| seconds(extension.window))),
        ("extension_cap", extension.map_or_else(String::new, |extension| seconds(extension.cap))),
    ])
}

/// The interval of a clock in its largest whole unit.
fn interval(clock: &Clock) -> (String, &'static str) {
    let seconds = clock.interval.0 / 1_000_000;
    for (unit, word) in [(86_400, "86400"), (3600, "3600"), (60, "60")] {
        if seconds % unit == 0 {
            return ((seconds / unit).to_string(), word);
        }
    }
    (seconds.to_string(), "1")
}
