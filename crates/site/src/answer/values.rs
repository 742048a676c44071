//! The values that the words of a refusal name.

use crate::words::Argument;
use auction::{Amount, Currency, Progress};
use market::Refusal;

/// The values of a refusal.
pub(super) fn of(refusal: &Refusal) -> Vec<(&'static str, Argument<'static>)> {
    match refusal {
        Refusal::Malformed(problems) => {
            let fields: Vec<&str> = problems.iter().map(|problem| problem.field).collect();
            vec![("fields", fields.join(", ").into())]
        }
        Refusal::MissingScope(scope) => vec![("scope", (*scope).into())],
        Refusal::TooMany { retry_after_seconds } => vec![("seconds", (*retry_after_seconds).into())],
        Refusal::Rules(auction::Refusal::NotOpen { progress }, _) => {
            vec![("progress", word(*progress).into())]
        }
        Refusal::Rules(..) => match amount(refusal) {
            Some((amount, currency)) => vec![("amount", format!("{amount} {currency}").into())],
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The amount that goes with a refusal, and its currency.
pub(super) fn amount(refusal: &Refusal) -> Option<(String, String)> {
    let Refusal::Rules(rules, Some(currency)) = refusal else { return None };
    rules.amount().map(|amount| written(amount, *currency))
}

fn written(amount: Amount, currency: Currency) -> (String, String) {
    (currency.write(amount), currency.code().to_owned())
}

/// The word of a progress, as in the API.
pub fn word(progress: Progress) -> &'static str {
    match progress {
        Progress::Unpublished => "unpublished",
        Progress::Scheduled => "scheduled",
        Progress::Open => "open",
        Progress::Closing => "closing",
        Progress::Sold => "sold",
        Progress::Unsold => "unsold",
        Progress::Withdrawn => "withdrawn",
    }
}
