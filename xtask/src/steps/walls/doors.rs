//! Each outside thing has one door: only those who stand at it may depend on it.

use super::Crate;
use crate::sources::Source;

const DATABASES: [&str; 2] = ["rusqlite", "postgres"];
const WEB: &str = "axum";
const PAGES: &str = "askama";

/// What a crate may not depend on directly.
const CLOSED: [(&str, &[&str]); 4] = [
    ("store", &[WEB, PAGES]),
    ("market", &[DATABASES[0], DATABASES[1], WEB, PAGES]),
    ("federation", &[DATABASES[0], DATABASES[1], WEB, PAGES]),
    // All SQL of the site is in `store`.
    ("site", &DATABASES),
];

pub(super) fn check(crates: &[Crate], _: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for one in crates {
        let closed = CLOSED.iter().filter(|(name, _)| *name == one.name).flat_map(|(_, closed)| *closed);
        let open = closed.filter(|door| one.dependencies.iter().any(|name| name == *door));
        complaints.extend(open.map(|door| format!("`{}` may not depend on {door}", one.name)));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::depends;
    use super::*;

    #[test]
    fn the_market_speaks_neither_sql_nor_http_nor_html() {
        let market = depends("market", &["store", "rusqlite", "axum", "askama"]);
        assert_eq!(check(&[market], &[]).len(), 3);
    }

    #[test]
    fn a_site_has_pages_and_a_journal_has_databases() {
        let crates = [depends("site", &["axum", "askama"]), depends("journal", &["rusqlite", "postgres"])];
        assert!(check(&crates, &[]).is_empty());
    }
}
