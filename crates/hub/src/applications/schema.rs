//! The tables of the applications and the list of all their statements.

use journal::{Migration, Statement};

/// What applications need. The log comes first, so this is the second step.
pub const MIGRATION: Migration = Migration {
    version: 2,
    name: "applications",
    sqlite: include_str!("../../migrations/V2__applications.sql"),
    // A hub keeps its log in one file.
    postgres: "",
};

/// Every statement, by file.
pub static STATEMENTS: &[&[&Statement]] =
    &[super::tokens::STATEMENTS, super::answers::STATEMENTS, super::webhooks::STATEMENTS];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::SCHEMA;
    use journal::{Journal, Location, Options};

    #[test]
    fn every_statement_can_be_prepared() {
        let folder = tempfile::tempdir().unwrap();
        let file = Location::Sqlite(folder.path().join("hub.sqlite"));
        let journal = Journal::open(&file, &SCHEMA, &Options::default()).unwrap();
        let all: Vec<&'static Statement> = STATEMENTS.iter().flat_map(|list| list.iter().copied()).collect();
        journal.prepare_all(&all).unwrap();
    }
}
