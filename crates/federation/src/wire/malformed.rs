//! Why a message is not what it should be.

use std::fmt;

/// A known message that breaks a rule: which field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The path of the field, with points: `data.terms.start_price`.
    pub field: String,
    /// What is wrong, in words for a log.
    pub problem: String,
}

impl Malformed {
    /// Names a field and its problem.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Malformed {
        Malformed { field: field.into(), problem: problem.into() }
    }

    /// The same below another field.
    pub(crate) fn within(self, outer: &str) -> Malformed {
        let field = if self.field.is_empty() { outer.to_owned() } else { format!("{outer}.{}", self.field) };
        Malformed { field, ..self }
    }
}

/// Words of the JSON reader, with the field that is missing as part of the path and without the place in the text.
impl From<serde_path_to_error::Error<serde_json::Error>> for Malformed {
    fn from(error: serde_path_to_error::Error<serde_json::Error>) -> Malformed {
        let path = error.path().to_string();
        let words = error.inner().to_string();
        let problem = words.rsplit_once(" at line ").map_or(words.as_str(), |(before, _)| before).to_owned();
        let missing = problem.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
        let outer = if path == "." { String::new() } else { path };
        match missing {
            Some(name) if outer.is_empty() => Malformed::new(name, "missing"),
            Some(name) => Malformed::new(format!("{outer}.{name}"), "missing"),
            None => Malformed::new(outer, problem),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.field, self.problem)
        }
    }
}

impl std::error::Error for Malformed {}

/// Parses JSON; the error names the field.
pub(crate) fn parse<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, Malformed> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json)?;
    json.end().map_err(|_| Malformed::new("", "something follows the JSON"))?;
    Ok(value)
}

/// A rule that holds between fields.
pub(crate) fn expect(good: bool, field: &str, problem: &str) -> Result<(), Malformed> {
    if good { Ok(()) } else { Err(Malformed::new(field, problem)) }
}
