//! The settings file.

use crate::{Problem, Raw, Source, Value};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Everything in the file, and everything that is wrong with it.
pub(crate) fn gather(raw: &mut Raw, file: &Path) {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            let says = format!("cannot be read: {error}");
            return raw.problems.push(Problem::elsewhere(file.display().to_string(), says));
        }
    };
    let reader = Reader { file, text: &text };
    let (table, errors) = DeTable::parse_recoverable(&text);
    if errors.is_empty() {
        return reader.walk(raw, "", table.get_ref());
    }
    // What was saved from a file that is not TOML is guesswork: not a word about it.
    for error in errors {
        let place = reader.source(error.span().map_or(0, |span| span.start));
        raw.problems.push(Problem::elsewhere(place.to_string(), error.message()));
    }
}

struct Reader<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn source(&self, at: usize) -> Source {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Source::File(self.file.to_owned(), line)
    }

    /// In the order of the file, whatever order the table has.
    fn walk(&self, raw: &mut Raw, prefix: &str, table: &DeTable) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (name, inside) in entries {
            let key = format!("{prefix}{}", name.get_ref());
            self.give(raw, &key, name.span().start, inside);
        }
    }

    fn give(&self, raw: &mut Raw, key: &str, at: usize, inside: &Spanned<DeValue>) {
        match inside.get_ref() {
            DeValue::Table(table) if !table.is_empty() => {
                self.walk(raw, &format!("{key}."), table);
            }
            // A header with nothing under it says nothing, if it is one of ours.
            DeValue::Table(_) if raw.has_table(key) => {}
            other => raw.give(key, self.source(at), value(other)),
        }
    }
}

pub(crate) fn value(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number that large"), Value::Whole),
        DeValue::Boolean(yes) => Value::Yes(*yes),
        DeValue::Array(values) => Value::List(values.iter().map(|one| self::value(one.get_ref())).collect()),
        DeValue::Float(_) => Value::Other("a number with a point"),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Table(_) => Value::Other("a table"),
    }
}
