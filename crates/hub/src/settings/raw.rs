//! What all sources said, before it is understood.

use super::kind::Kind;
use super::nearest::nearest;
use super::problem::Problem;
use super::source::Source;
use super::table::Settings;
use super::value::Value;
use std::collections::BTreeMap;
use toml::de::DeValue;

/// The raw form: forgotten as soon as it is resolved.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// For each key what was found, the strongest source last.
    found: BTreeMap<&'static str, Vec<(Source, Value)>>,
    /// Everything that is wrong, in the order in which it was met.
    pub(super) problems: Vec<Problem>,
}

impl Raw {
    /// Notes a value under its key, or that there is no such key.
    pub(super) fn give(&mut self, key: &str, source: Source, value: Value) {
        let known = Settings::table().into_iter().find(|setting| setting.key == key);
        match known {
            Some(setting) => self.found.entry(setting.key).or_default().push((source, value)),
            None => self.unknown(key, source),
        }
    }

    fn unknown(&mut self, key: &str, source: Source) {
        let keys = Settings::table().into_iter().map(|setting| setting.key);
        let hint = nearest(key, keys).map_or_else(
            || "; `anuko-hub print-config` shows all settings".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        let says = format!("there is no such setting{hint}");
        self.problems.push(Problem::new(source, key, says));
    }

    /// The strongest value of a key. Weaker ones are checked too: they would bite when the strong one goes.
    pub(super) fn take<K: Kind>(&mut self, key: &'static str, default: &str) -> Option<K::Of> {
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

fn complaint<K: Kind>(value: &Value) -> String {
    format!("must be {}, not {value}", K::expects())
}

fn default_value(text: &str) -> Value {
    let parsed = DeValue::parse(text).map(|value| super::file::value(value.get_ref()));
    parsed.unwrap_or(Value::Other("an unreadable default"))
}
