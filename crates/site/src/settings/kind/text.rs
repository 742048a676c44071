//! Text that is shown, and names of folders.

use super::super::value::Value;
use super::{Kind, quote};
use std::path::PathBuf;

/// A name that fits on a line.
pub(in super::super) struct Name;

/// A heading, a sender, the end of a letter: longer names fit nowhere.
const LETTERS_MAX: usize = 60;

impl Kind for Name {
    type Of = String;

    fn expects() -> String {
        format!("a name of 1 to {LETTERS_MAX} letters on one line")
    }

    fn read(value: &Value) -> Option<String> {
        let name = value.text()?.trim();
        let fits = (1..=LETTERS_MAX).contains(&name.chars().count());
        (fits && !name.contains(char::is_control)).then(|| name.to_owned())
    }

    fn write(name: &String) -> String {
        quote(name)
    }
}

/// A folder; relative ones are looked for in the folder where the site was started.
pub(in super::super) struct Folder;

impl Kind for Folder {
    type Of = PathBuf;

    fn expects() -> String {
        "the name of a folder".to_owned()
    }

    fn read(value: &Value) -> Option<PathBuf> {
        let path = value.text()?;
        let good = !path.is_empty() && !path.contains('\0');
        good.then(|| PathBuf::from(path))
    }

    fn write(path: &PathBuf) -> String {
        quote(&path.to_string_lossy())
    }
}
