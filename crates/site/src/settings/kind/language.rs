//! Languages.

use crate::words::Language;
use settings::kind::quote;
use settings::{Kind, Value};

/// A language that the site speaks.
pub(crate) struct Spoken;

impl Kind for Spoken {
    type Of = Language;

    fn expects() -> String {
        let tags: Vec<_> = Language::all().map(|one| quote(&one.to_string())).collect();
        format!("a language that the site speaks: {}", tags.join(" or "))
    }

    fn read(value: &Value) -> Option<Language> {
        let tag = value.text()?.trim();
        Language::all().find(|one| one.to_string() == tag)
    }

    fn write(language: &Language) -> String {
        quote(&language.to_string())
    }
}
