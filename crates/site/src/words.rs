//! All words that people read, in the languages that the site speaks (`locales/`, one folder a language).

#[cfg(test)]
mod keys;

use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

pub use fluent_templates::fluent_bundle::FluentValue as Argument;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // The marks are for text that mixes directions; in a letter or an address they only break what is copied.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that the site speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(&'static LanguageIdentifier);

impl Language {
    /// All of them, in the order of their tags.
    pub fn all() -> impl Iterator<Item = Language> {
        let mut all: Vec<_> = LOCALES.locales().collect();
        all.sort_by_key(ToString::to_string);
        all.into_iter().map(Language)
    }

    /// English, which every site speaks.
    pub fn english() -> Language {
        static ENGLISH: LanguageIdentifier = fluent_templates::langid!("en");
        Language(&ENGLISH)
    }

    /// The one somebody asks for by a tag, or its nearest relative: `en-GB` gets English.
    pub fn spoken(tag: &str) -> Option<Language> {
        let asked: LanguageIdentifier = tag.trim().parse().ok()?;
        let exact = Language::all().find(|one| *one.0 == asked);
        exact.or_else(|| Language::all().find(|one| one.0.language == asked.language))
    }
}

impl fmt::Display for Language {
    /// The tag, as in `lang="en"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What the site says under a key, with the values that its sentence names.
///
/// A key that does not exist stops a test; people get to read the key, and the log says so.
pub fn words(language: Language, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
    let named =
        arguments.iter().map(|(name, value)| (Cow::from(*name), one_line(value))).collect::<HashMap<_, _>>();
    if let Some(words) = LOCALES.try_lookup_with_args(language.0, key, &named) {
        return words;
    }
    debug_assert!(false, "no words, or not all values, for the key {key:?}");
    tracing::error!(key, "no words, or not all values, for the key {key}");
    key.to_owned()
}

/// The same with the names of the values in place of the values, for documents.
pub fn template(language: Language, key: &str, names: &[&'static str]) -> String {
    let values: Vec<_> = names.iter().map(|name| (*name, Argument::from(format!("‹{name}›")))).collect();
    words(language, key, &values)
}

/// Whoever wrote a title must not be able to write paragraphs of a letter.
fn one_line<'a>(value: &Argument<'a>) -> Argument<'a> {
    match value {
        Argument::String(text) if text.contains(char::is_control) => {
            Argument::from(text.replace(char::is_control, " "))
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_relative_is_understood_and_a_stranger_is_not() {
        for (tag, spoken) in [("en", Some("en")), ("en-GB", Some("en")), ("tlh", None), ("", None)] {
            let found = Language::spoken(tag).map(|one| one.to_string());
            assert_eq!(found.as_deref(), spoken, "{tag}");
        }
    }

    #[test]
    fn values_are_set_in_without_marks_and_without_line_breaks() {
        let english = Language::spoken("en").unwrap();
        let item = "Clock\r\n\r\nPay at once: http://bad.example".into();
        let subject = words(english, "letter-outbid-subject", &[("item", item)]);
        assert_eq!(subject, "You have been outbid: Clock    Pay at once: http://bad.example");
    }

    #[test]
    #[should_panic(expected = "no-such-key")]
    fn a_missing_key_stops_a_test() {
        words(Language::spoken("en").unwrap(), "no-such-key", &[]);
    }

    #[test]
    #[should_panic(expected = "letter-outbid-subject")]
    fn a_missing_value_stops_a_test() {
        words(Language::spoken("en").unwrap(), "letter-outbid-subject", &[]);
    }
}
