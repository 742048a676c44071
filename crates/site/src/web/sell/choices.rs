//! What a seller may choose from.

use super::super::visit::Visit;
use super::Kept;
use auction::Span;

/// One of a few.
pub(super) struct Choice {
    /// As the form sends it.
    pub(super) value: String,
    /// As it is called.
    pub(super) label: String,
    /// What it means.
    pub(super) says: String,
}

/// Everything that is chosen from a few.
pub(super) struct Choices {
    pub(super) formats: Vec<Choice>,
    pub(super) currencies: Vec<Choice>,
    pub(super) openings: Vec<Choice>,
    pub(super) endings: Vec<Choice>,
    pub(super) windows: Vec<Choice>,
    pub(super) caps: Vec<Choice>,
    pub(super) units: Vec<Choice>,
    /// The zone in which times are typed.
    pub(super) zone: String,
}

const FORMATS: [&str; 5] =
    ["ascending", "sealed_first_price", "sealed_second_price", "descending", "reverse"];

/// Durations in days.
const DAYS: [i64; 7] = [1, 3, 5, 7, 10, 14, 30];

/// Durations for tests and demonstrations.
const SHORT: [Span; 3] = [Span::seconds(25), Span::minutes(2), Span::minutes(10)];

/// Windows and caps of the soft close, in minutes.
const WINDOWS: [i64; 4] = [1, 2, 5, 10];
const CAPS: [i64; 4] = [10, 30, 60, 240];

impl Choices {
    pub(super) fn new(visit: &Visit, kept: Option<&Kept>) -> Choices {
        let short = visit.app.settings.allow_short_auctions;
        let days = DAYS.map(|days| length(visit, Span::days(days)));
        let few = SHORT.iter().filter(|_| short).map(|span| length(visit, *span));
        let at = || plain(visit, "at", "sell-at");
        let keep = kept.map(|kept| choice("keep", kept.says_ending.clone()));
        let keep_opening = kept.and_then(|kept| Some(choice("keep", kept.says_opening.clone()?)));
        let now = plain(visit, "now", "sell-now");
        let five = short.then(|| length(visit, Span::seconds(5)));
        let minutes = |minutes: [i64; 4]| minutes.map(|n| length(visit, Span::minutes(n)));
        let extension = kept.and_then(|kept| kept.extension);
        let windows = [standard(visit), plain(visit, "0", "sell-no-window")].into_iter().chain(five);
        let windows = windows.chain(minutes(WINDOWS)).collect();
        let caps = [standard(visit)].into_iter().chain(minutes(CAPS)).collect();
        let currencies = visit.market().policy().currencies.iter();
        Choices {
            formats: FORMATS.map(|word| format(visit, word)).into(),
            currencies: currencies.map(|one| choice(one.code(), one.code().to_owned())).collect(),
            openings: keep_opening.into_iter().chain([now, at()]).collect(),
            endings: keep.into_iter().chain(few).chain(days).chain([at()]).collect(),
            windows: with(windows, extension.map(|extension| length(visit, extension.window))),
            caps: with(caps, extension.map(|extension| length(visit, extension.cap))),
            units: [
                ("1", "unit-seconds"),
                ("60", "unit-minutes"),
                ("3600", "unit-hours"),
                ("86400", "unit-days"),
            ]
            .map(|(value, key)| plain(visit, value, key))
            .into(),
            zone: visit.zone().iana_name().unwrap_or("UTC").to_owned(),
        }
    }
}

/// What a listing has already stays a choice.
fn with(mut choices: Vec<Choice>, kept: Option<Choice>) -> Vec<Choice> {
    let kept = kept.filter(|kept| choices.iter().all(|choice| choice.value != kept.value));
    choices.extend(kept);
    choices
}

fn choice(value: &str, label: String) -> Choice {
    Choice { value: value.to_owned(), label, says: String::new() }
}

fn plain(visit: &Visit, value: &str, key: &str) -> Choice {
    choice(value, visit.words(key, &[]))
}

fn standard(visit: &Visit) -> Choice {
    plain(visit, "", "sell-standard")
}

fn length(visit: &Visit, span: Span) -> Choice {
    choice(&(span.0 / 1_000_000).to_string(), visit.length(span))
}

fn format(visit: &Visit, word: &str) -> Choice {
    let says = visit.words(&format!("sell-format-{word}"), &[]);
    Choice { value: word.to_owned(), label: visit.format(word), says }
}
