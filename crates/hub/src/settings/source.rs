//! Where a value was given.

use super::raw::Raw;
use super::value::Value;
use std::fmt;
use std::path::PathBuf;

/// What stands on the command line, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--listen`, commas between several addresses.
    pub listen: Option<String>,
    /// `--data`.
    pub data: Option<String>,
    /// `--upstream`, as often as it was given.
    pub upstreams: Vec<String>,
    /// `--join`.
    pub join: Option<String>,
}

/// A place that a value can come from; what stands later in this list wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody said anything.
    Default,
    /// This line of this file.
    File(PathBuf, usize),
    /// This variable of the environment.
    Variable(String),
    /// This flag.
    Flag(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File(file, line) => write!(f, "{}:{line}", file.display()),
            Source::Variable(name) => f.write_str(name),
            Source::Flag(name) => write!(f, "--{name}"),
        }
    }
}

/// The flags, which win over everything.
pub(super) fn gather(raw: &mut Raw, flags: &Overrides) {
    for (key, text) in [("listen", &flags.listen), ("data", &flags.data), ("join", &flags.join)] {
        if let Some(text) = text {
            raw.give(key, Source::Flag(key), Value::Written(text.clone()));
        }
    }
    if !flags.upstreams.is_empty() {
        let upstreams = flags.upstreams.iter().cloned().map(Value::Written).collect();
        raw.give("upstreams", Source::Flag("upstream"), Value::List(upstreams));
    }
}
