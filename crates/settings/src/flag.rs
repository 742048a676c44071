//! Settings from the command line, which win over everything.

use crate::Value;

/// A flag that was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    pub(crate) name: &'static str,
    pub(crate) key: &'static str,
    pub(crate) value: Value,
}

impl Flag {
    /// A flag that is called like its setting; commas separate a list.
    pub fn text(key: &'static str, text: &str) -> Flag {
        Flag { name: key, key, value: Value::Written(text.to_owned()) }
    }

    /// A flag that can be given several times.
    pub fn list(name: &'static str, key: &'static str, texts: &[String]) -> Flag {
        Flag { name, key, value: Value::List(texts.iter().cloned().map(Value::Written).collect()) }
    }
}
