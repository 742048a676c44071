//! Names that are shown.

use settings::kind::quote;
use settings::{Kind, Value};

/// A name that fits on a line.
pub(crate) struct Name;

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
