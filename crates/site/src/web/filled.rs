//! A form as somebody filled it in, with what is wrong about it.

use super::visit::Visit;
use crate::answer::{Answer, answer, field_key};
use crate::words::{Language, words};
use auction::CommandId;
use http::StatusCode;
use market::{Market, Refusal};

/// What was filled in, and what is wrong about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    values: Vec<(String, String)>,
    problem: Option<String>,
    errors: Vec<FieldError>,
    status: Option<StatusCode>,
}

/// What is wrong with one field.
#[derive(Clone, Debug)]
pub(super) struct FieldError {
    /// The field.
    pub(super) field: String,
    /// A sentence.
    pub(super) words: String,
}

impl Filled {
    /// Filled in by the site.
    pub(super) fn with(values: impl IntoIterator<Item = (&'static str, String)>) -> Filled {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Filled { values, ..Filled::default() }
    }

    /// Filled in by somebody.
    pub(super) fn typed(values: Vec<(String, String)>) -> Filled {
        Filled { values, ..Filled::default() }
    }

    /// What stands in an address behind the question mark.
    pub(super) fn query(text: &str) -> Filled {
        let uri = format!("/?{text}").parse().unwrap_or_default();
        let values = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri);
        Filled::typed(values.map(|query| query.0).unwrap_or_default())
    }

    /// What was filled in, or nothing.
    pub(super) fn value(&self, name: &str) -> &str {
        self.values(name).next().unwrap_or_default()
    }

    /// Everything that was chosen under a name.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What was filled in, without the blanks around it, if there is anything.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.value(name).trim()).filter(|value| !value.is_empty())
    }

    /// Whether this was chosen.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|chosen| chosen == value)
    }

    /// The same with another value.
    pub(super) fn set(mut self, name: &'static str, value: String) -> Filled {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value));
        self
    }

    /// The id of the command that the form carries, so that two clicks are one command.
    pub(super) fn command(&self, market: &Market) -> CommandId {
        id(self.value("id")).unwrap_or_else(|| market.fresh_id())
    }

    /// The version of the listing that was looked at.
    pub(super) fn version(&self) -> u32 {
        self.value("version").parse().unwrap_or(0)
    }

    /// Says what is wrong about it. Nobody may send the same command again but who does not know what became of it.
    pub(super) fn refused(self, refusal: &Refusal, visit: &Visit) -> Filled {
        let again = self.refused_as(answer(refusal, visit.language()));
        if *refusal == Refusal::Unknown { again } else { again.set("id", written(visit.market().fresh_id())) }
    }

    fn refused_as(mut self, answer: Answer) -> Filled {
        self.status = Some(answer.status);
        if answer.fields.is_empty() {
            self.problem = Some(answer.words);
        }
        for field in answer.fields {
            self = self.wrong(field.field, field.words);
        }
        self
    }

    /// One field is wrong. What was found first stays.
    pub(super) fn wrong(mut self, field: &str, words: String) -> Filled {
        if self.error(field).is_none() {
            self.errors.push(FieldError { field: field.to_owned(), words });
        }
        self
    }

    /// One field is wrong in a way that has a stable word.
    pub(super) fn flawed(self, field: &str, problem: &str, visit: &Visit) -> Filled {
        let key = match problem {
            "two_meanings" => "problem-two-meanings",
            "not_a_moment" => "problem-not-a-moment",
            _ => field_key(problem),
        };
        self.wrong(field, visit.words(key, &[]))
    }

    /// What is wrong is wrong with this field.
    pub(super) fn about(mut self, field: &str) -> Filled {
        match self.problem.take() {
            Some(words) => self.wrong(field, words),
            None => self,
        }
    }

    /// Everything that was filled in.
    pub(super) fn all(&self) -> &[(String, String)] {
        &self.values
    }

    /// What is wrong with it as a whole.
    pub(super) fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// What is wrong with its fields.
    pub(super) fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// What is wrong with a field.
    pub(super) fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == name).map(|error| error.words.as_str())
    }

    /// Whether anything is wrong.
    pub(super) fn is_wrong(&self) -> bool {
        self.problem.is_some() || !self.errors.is_empty()
    }

    /// The status of the page that shows it.
    pub(super) fn status(&self) -> StatusCode {
        let fallback = if self.is_wrong() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        self.status.unwrap_or(fallback)
    }
}

impl FieldError {
    /// What the field is called.
    pub(super) fn label(&self, language: &Language) -> String {
        let field = &self.field;
        words(*language, &format!("field-{field}"), &[])
    }
}

/// An id as a form carries it: 32 hexadecimal digits.
pub(super) fn written(id: CommandId) -> String {
    id.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn id(text: &str) -> Option<CommandId> {
    let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = digits.then(|| u128::from_str_radix(text, 16).ok()).flatten()?;
    Some(CommandId(number.to_be_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_form() {
        let id_of_form = CommandId(*b"0123456789abcdef");
        assert_eq!(id(&written(id_of_form)), Some(id_of_form));
        for text in ["", "12", "+1234567890123456789012345678901", "g1234567890123456789012345678901"] {
            assert_eq!(id(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_field_is_said_once() {
        let form = Filled::default().wrong("amount", "first".to_owned()).wrong("amount", "second".to_owned());
        assert_eq!(form.error("amount"), Some("first"));
        assert_eq!(form.status(), StatusCode::BAD_REQUEST);
    }

    #[test]
    fn an_address_is_read_as_people_write_it() {
        let query = Filled::query("then=%2Fmy%2Fbids&key=a+b&broken=%zz");
        assert_eq!((query.value("then"), query.value("key"), query.value("none")), ("/my/bids", "a b", ""));
    }
}
