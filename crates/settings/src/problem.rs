//! What is wrong with the settings, where, and what would be right.

use crate::Source;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands: a file with a line, a variable, a flag.
    pub place: String,
    /// The setting, where it is one.
    pub key: Option<String>,
    /// What is wrong and what would be right.
    pub says: String,
}

impl Problem {
    pub(crate) fn new(source: Source, key: &str, says: impl Into<String>) -> Problem {
        Problem { place: source.to_string(), key: Some(key.to_owned()), says: says.into() }
    }

    /// A problem with a place but no setting, such as a file that is not TOML.
    pub(crate) fn elsewhere(place: String, says: impl Into<String>) -> Problem {
        Problem { place, key: None, says: says.into() }
    }

    /// A problem between settings, wherever they were given.
    pub fn between(key: &str, says: impl Into<String>) -> Problem {
        Problem::elsewhere(format!("`{key}`"), says)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "{}: `{key}`: {}", self.place, self.says),
            None => write!(f, "{}: {}", self.place, self.says),
        }
    }
}

/// Everything that is wrong, one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "the settings have a problem:")?,
            many => write!(f, "the settings have {many} problems:")?,
        }
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for Problems {}
