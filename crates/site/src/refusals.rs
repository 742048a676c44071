//! The list of refusals for people who write programs: `docs/refusals.md`.

use crate::answer::rows;
use crate::words::{Language, template};

/// The list as Markdown.
pub fn markdown(language: Language) -> String {
    let mut text = String::from(HEAD);
    for row in rows() {
        let words = template(language, row.key, VALUES).replace('|', "\\|");
        let status = row.status.as_u16();
        text.push_str(&format!("| <a id=\"{0}\"></a>`{0}` | {status} | {words} |\n", row.code));
    }
    text
}

/// Every value that the words of a refusal may name.
const VALUES: &[&str] = &["amount", "fields", "progress", "scope", "seconds"];

const HEAD: &str = "# Refusals

Every way in which the site says no, in the order of precedence. The API answers with problem details (RFC 9457);
programs decide by `code`, which never changes its meaning. From `not_open` on, a refusal of a command on an auction
is an entry of that auction: asking again under the same id gets the same answer.

| code | status | words |
|---|---|---|
";
