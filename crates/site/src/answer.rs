//! The only place where refusals become status codes and words.

mod rows;
mod values;

use crate::words::{Argument, Language, words};
use http::StatusCode;
use market::Refusal;

pub use rows::{Row, field_key, row, rows};
pub use values::word as progress_word;

/// A refusal that is ready to be told: by the API as problem details, by a page as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The stable code.
    pub code: &'static str,
    /// A sentence for people.
    pub words: String,
    /// What is wrong with which field.
    pub fields: Vec<FieldAnswer>,
    /// The amount that would do, as decimal text with its currency, where there is one.
    pub amount: Option<(String, String)>,
    /// When to try again.
    pub retry_after_seconds: Option<u64>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldAnswer {
    /// The field, as in the API.
    pub field: &'static str,
    /// A stable word for the problem.
    pub problem: &'static str,
    /// A sentence for people.
    pub words: String,
}

/// The answer to a refusal, in a language. What only the log may know goes there, and nowhere else.
pub fn answer(refusal: &Refusal, language: Language) -> Answer {
    if let Refusal::Failed(text) | Refusal::Unavailable(text) = refusal {
        tracing::error!(code = refusal.code(), "refused as {}: {text}", refusal.code());
    }
    let mut answer = plain(refusal.code(), language, &values::of(refusal));
    answer.amount = values::amount(refusal);
    match refusal {
        Refusal::Malformed(problems) => {
            let fields = problems.iter().map(|problem| field(problem.field, problem.problem, language));
            answer.fields = fields.collect();
        }
        Refusal::TooMany { retry_after_seconds } => answer.retry_after_seconds = Some(*retry_after_seconds),
        _ => {}
    }
    answer
}

/// The answer of a code that needs no values.
pub fn plain(code: &'static str, language: Language, values: &[(&'static str, Argument<'_>)]) -> Answer {
    let row = row(code);
    Answer {
        status: row.status,
        code,
        words: words(language, row.key, values),
        fields: Vec::new(),
        amount: None,
        retry_after_seconds: None,
    }
}

fn field(field: &'static str, problem: &'static str, language: Language) -> FieldAnswer {
    FieldAnswer { field, problem, words: words(language, field_key(problem), &[]) }
}
