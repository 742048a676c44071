//! What all sources said, before it is understood.

use crate::nearest::nearest;
use crate::{Kind, Problem, Program, Setting, Source, Table, Value};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// The raw form: forgotten as soon as it is resolved.
#[derive(Debug)]
pub struct Raw {
    program: &'static str,
    pub(crate) table: Vec<Setting>,
    /// For each key what was found, the strongest source last.
    found: BTreeMap<&'static str, Vec<(Source, Value)>>,
    /// Everything that is wrong, in the order in which it was met.
    pub(crate) problems: Vec<Problem>,
}

impl Raw {
    pub(crate) fn new<T: Table>() -> Raw {
        let program = T::Program::NAME;
        Raw { program, table: T::table(), found: BTreeMap::new(), problems: Vec::new() }
    }

    /// Notes a value under its key, or that there is no such key.
    pub(crate) fn give(&mut self, key: &str, source: Source, value: Value) {
        match self.table.iter().find(|setting| setting.key == key) {
            Some(setting) => self.found.entry(setting.key).or_default().push((source, value)),
            None => self.unknown(key, source),
        }
    }

    /// Whether a key is the name of a table.
    pub(crate) fn has_table(&self, key: &str) -> bool {
        self.table.iter().any(|setting| setting.place().0 == key)
    }

    fn unknown(&mut self, key: &str, source: Source) {
        let keys = self.table.iter().map(|setting| setting.key);
        let hint = nearest(key, keys).map_or_else(
            || format!("; `{} print-config` shows all settings", self.program),
            |near| format!("; did you mean `{near}`?"),
        );
        let says = format!("there is no such setting{hint}");
        self.problems.push(Problem::new(source, key, says));
    }

    /// The strongest value of a key. Weaker ones are checked too: they would bite when the strong one goes.
    pub fn take<K: Kind>(&mut self, key: &'static str, default: &str) -> Option<K::Of> {
        let mut found = self.found.remove(key).unwrap_or_default();
        if found.is_empty() {
            found.push((Source::Default, default_value(default)));
        }
        let mut strongest = None;
        for (source, value) in found {
            strongest = K::read(&value);
            if strongest.is_none() {
                self.problems.push(Problem::new(source, key, complaint::<K>(&value)));
            }
        }
        strongest
    }
}

/// Never repeats a secret, not even a wrong one.
fn complaint<K: Kind>(value: &Value) -> String {
    let expects = K::expects();
    if K::SECRET { format!("must be {expects}") } else { format!("must be {expects}, not {value}") }
}

fn default_value(text: &str) -> Value {
    let parsed = DeValue::parse(text).map(|value| crate::file::value(value.get_ref()));
    parsed.unwrap_or(Value::Other("an unreadable default"))
}
