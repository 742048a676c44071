//! A value before anybody asked what it should be.

use std::fmt;

/// What stands in a source.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// From a flag or the environment, where everything is text and commas separate a list.
    Written(String),
    /// A string of the file.
    Text(String),
    /// A whole number of the file.
    Whole(i64),
    /// `true` or `false` of the file.
    Yes(bool),
    /// An array of the file.
    List(Vec<Value>),
    /// Whatever else TOML has, and no setting wants.
    Other(&'static str),
}

impl Value {
    /// As text, wherever it stands.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Written(text) | Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// As a whole number.
    pub fn whole(&self) -> Option<i64> {
        match self {
            Value::Whole(number) => Some(*number),
            Value::Written(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// As yes or no.
    pub fn yes(&self) -> Option<bool> {
        match self {
            Value::Yes(yes) => Some(*yes),
            Value::Written(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// As a list.
    pub fn list(&self) -> Option<Vec<Value>> {
        match self {
            Value::List(values) => Some(values.clone()),
            Value::Written(text) => Some(split(text)),
            _ => None,
        }
    }
}

fn split(text: &str) -> Vec<Value> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let parts = text.split(',');
    parts.map(|part| Value::Written(part.trim().to_owned())).collect()
}

impl fmt::Display for Value {
    /// As it was written, near enough to be found again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Written(text) | Value::Text(text) => write!(f, "{text:?}"),
            Value::Whole(number) => write!(f, "{number}"),
            Value::Yes(yes) => write!(f, "{yes}"),
            Value::List(values) => {
                let values: Vec<_> = values.iter().map(Value::to_string).collect();
                write!(f, "[{}]", values.join(", "))
            }
            Value::Other(name) => f.write_str(name),
        }
    }
}
