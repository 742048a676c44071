//! Text that is shown.

use super::{Kind, quote};
use crate::Value;

/// A line of text: so many bytes at least, and at most.
pub struct Line<const LEAST: usize, const MOST: usize>;

impl<const LEAST: usize, const MOST: usize> Kind for Line<LEAST, MOST> {
    type Of = String;

    fn expects() -> String {
        format!("text of {LEAST} to {MOST} bytes on one line")
    }

    fn read(value: &Value) -> Option<String> {
        let line = value.text()?.trim();
        let fits = (LEAST..=MOST).contains(&line.len());
        (fits && !line.contains(char::is_control)).then(|| line.to_owned())
    }

    fn write(line: &String) -> String {
        quote(line)
    }
}
