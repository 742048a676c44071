//! An older program finds the tables of a newer one.

use crate::place::everywhere;
use journal::{Journal, Migration, OpenError, Options, Schema};
use store::SCHEMA;

/// The steps that it knows, and one that this program does not know.
static NEWER: [Migration; 3] = [
    Migration {
        version: 1,
        name: "founding",
        sqlite: include_str!("../../migrations/sqlite/V1__founding.sql"),
        postgres: include_str!("../../migrations/postgres/V1__founding.sql"),
    },
    Migration {
        version: 2,
        name: "network",
        sqlite: include_str!("../../migrations/sqlite/V2__network.sql"),
        postgres: include_str!("../../migrations/postgres/V2__network.sql"),
    },
    Migration {
        version: 3,
        name: "pictures",
        sqlite: "CREATE TABLE pictures (id INTEGER PRIMARY KEY) STRICT;",
        postgres: "CREATE TABLE pictures (id BIGINT PRIMARY KEY);",
    },
];

#[test]
fn an_older_program_keeps_its_hands_off_newer_tables() {
    for place in everywhere() {
        let schema = Schema { migrations: &NEWER, ..SCHEMA };
        Journal::open(&place.location, &schema, &Options::default()).unwrap().close();
        let Err(refused) = store::open(&place.location, &Options::default()) else { panic!("it was opened") };
        assert!(matches!(refused, OpenError::Newer { found: 3, known: 2 }), "{refused}");
        // The newer one still works.
        Journal::open(&place.location, &schema, &Options::default()).unwrap().close();
    }
}

#[test]
fn opening_twice_changes_nothing() {
    for place in everywhere() {
        place.open().close();
        place.open().close();
    }
}
