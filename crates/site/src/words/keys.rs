//! Every key that is used has words, all words are used, and every language has all keys.
//!
//! How a use is recognised: the first string behind a call of `words`, in code and in templates, and any other
//! whole string that is a key. A string such as `"refusal-{code}"` stands for all keys of that shape.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_key_that_is_used_has_words() {
    let keys = keys("en");
    for (file, text) in sources() {
        for used in asked_for(&text) {
            let known = keys.iter().any(|key| fits(&used, key));
            assert!(known, "{file} uses {used:?}, and locales/en has no such key");
        }
    }
}

#[test]
fn all_words_are_used() {
    let used: BTreeSet<String> = sources().values().flat_map(|text| strings(text)).collect();
    let silent: Vec<_> =
        keys("en").into_iter().filter(|key| !used.iter().any(|shape| fits(shape, key))).collect();
    assert!(silent.is_empty(), "nobody uses {silent:?}");
}

#[test]
fn every_language_has_the_same_keys() {
    let english = keys("en");
    for folder in std::fs::read_dir(Path::new(ROOT).join("locales")).unwrap() {
        let language = folder.unwrap().file_name().into_string().unwrap();
        assert_eq!(keys(&language), english, "locales/{language}");
    }
}

#[test]
fn the_scanner_sees_what_it_should() {
    let text = r#"words(language, "a-b", &[]); words(one, &format!("c-{d}")); x.words("e-f"); "g-h" fn words(key: &str)"#;
    assert_eq!(asked_for(text), ["a-b", "c-{d}", "e-f"]);
    assert!(fits("c-{d}", "c-anything") && !fits("c-{d}", "b-c-d") && !fits("{d}", "c"));
    assert!(strings(text).contains("g-h"));
}

/// The keys of one language: a message begins at the first letter of a line.
fn keys(language: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for text in files(&Path::new(ROOT).join("locales").join(language), "ftl").values() {
        let heads = text.lines().filter_map(|line| line.split_once(" ="));
        let own = heads.filter(|(key, _)| key.starts_with(|letter: char| letter.is_ascii_lowercase()));
        for (key, _) in own {
            assert!(keys.insert(key.to_owned()), "{key} is there twice");
        }
    }
    keys
}

fn sources() -> BTreeMap<String, String> {
    let mut sources = files(&Path::new(ROOT).join("src"), "rs");
    // This file and the one above talk about keys that do not exist.
    sources.retain(|file, _| !file.contains("/words"));
    sources.extend(files(&Path::new(ROOT).join("templates"), ""));
    sources
}

/// All files below a folder whose name ends so; nothing if there is no folder.
fn files(folder: &Path, ending: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_str().unwrap().ends_with(ending) {
            let text = std::fs::read_to_string(&path).unwrap();
            found.insert(path.to_str().unwrap().to_owned(), text);
        }
    }
    found
}

/// What calls of `words` ask for.
fn asked_for(text: &str) -> Vec<String> {
    let calls = text.match_indices("words(").filter(|(at, _)| {
        let before = &text[..*at];
        let goes_on = |letter: char| letter.is_alphanumeric() || letter == '_';
        !before.ends_with("fn ") && !before.ends_with(goes_on)
    });
    let inside = calls.map(|(at, _)| arguments(&text[at + "words(".len()..]));
    inside.filter_map(first_string).collect()
}

/// Up to the parenthesis that closes what was open.
fn arguments(text: &str) -> &str {
    let mut depth = 1;
    let end = text.find(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth == 0
    });
    &text[..end.unwrap_or(text.len())]
}

fn first_string(text: &str) -> Option<String> {
    text.split('"').nth(1).map(str::to_owned)
}

/// All strings that could be a key.
fn strings(text: &str) -> BTreeSet<String> {
    let looks = |letter: char| letter.is_ascii_alphanumeric() || "-_{}".contains(letter);
    let parts = text.split('"').filter(|part| part.contains('-') && part.chars().all(looks));
    parts.map(str::to_owned).collect()
}

/// Whether a key has a shape: equal, or equal around what stands in braces.
fn fits(shape: &str, key: &str) -> bool {
    let Some((head, rest)) = shape.split_once('{') else {
        return shape == key;
    };
    let tail = rest.split_once('}').map_or("", |(_, tail)| tail);
    !head.is_empty() && key.len() > head.len() + tail.len() && key.starts_with(head) && key.ends_with(tail)
}
