//! Refusals as a code and a number.

use super::phases::{progress_from_number, progress_number};
use auction::{Amount, Refusal, Verdict};

/// The columns `refusal` and `refusal_data` of a verdict.
pub fn refusal_parts(verdict: &Verdict) -> (Option<&'static str>, Option<i64>) {
    match verdict {
        Verdict::Accepted => (None, None),
        Verdict::Refused(Refusal::NotOpen { progress }) => {
            (Some("not_open"), Some(progress_number(*progress)))
        }
        Verdict::Refused(refusal) => (Some(refusal.code()), refusal.amount().map(|amount| amount.0)),
    }
}

/// The refusal of an entry; none for a code that no entry carries.
pub fn refusal(code: &str, data: Option<i64>) -> Option<Refusal> {
    Refusal::from_parts(code, data.map(Amount), progress_from_number(data.unwrap_or(0)))
}
