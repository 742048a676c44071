//! Opening a database that another program has left.
#![allow(clippy::unwrap_used)]

mod places;

use journal::{Error, Journal, Location, Migration, OpenError, Options, Schema};
use places::{SCHEMA, add, count, everywhere};

const PEOPLE: Migration = SCHEMA.migrations[0];

const PETS: Migration = Migration {
    version: 2,
    name: "pets",
    sqlite: "CREATE TABLE pets (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people (id)) STRICT;",
    postgres: "CREATE TABLE pets (id BIGINT PRIMARY KEY, person BIGINT NOT NULL REFERENCES people (id));",
};

static NEWER: Schema = Schema { table: "test_schema", migrations: &[PEOPLE, PETS] };

static CHANGED: Schema =
    Schema { table: "test_schema", migrations: &[Migration { name: "persons", ..PEOPLE }] };

static BROKEN: Schema = Schema {
    table: "test_schema",
    migrations: &[
        PEOPLE,
        PETS,
        Migration {
            version: 3,
            name: "broken",
            sqlite: "CREATE TABLE houses (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE people (id INTEGER);",
            postgres: "CREATE TABLE houses (id BIGINT PRIMARY KEY); CREATE TABLE people (id BIGINT);",
        },
    ],
};

fn open(location: &Location, schema: &Schema) -> Result<Journal, OpenError> {
    Journal::open(location, schema, &Options::default())
}

#[test]
fn an_older_binary_refuses_a_newer_schema() {
    everywhere(|place| {
        let journal = open(&place.location, &NEWER).unwrap();
        journal.write_blocking::<_, Error>(|tx| add(tx, 1, "Ada")).unwrap();
        journal.close();

        let refused = open(&place.location, &SCHEMA).err().unwrap();
        assert!(matches!(refused, OpenError::Newer { found: 2, known: 1 }), "{refused:?}");
        assert!(refused.to_string().starts_with("this database was written by a newer version"));
        assert_eq!(count(&open(&place.location, &NEWER).unwrap()), 1);
    });
}

#[test]
fn a_newer_binary_brings_the_tables_up_to_date_and_keeps_the_rows() {
    everywhere(|place| {
        let journal = open(&place.location, &SCHEMA).unwrap();
        journal.write_blocking::<_, Error>(|tx| add(tx, 1, "Ada")).unwrap();
        journal.close();
        assert_eq!(count(&open(&place.location, &NEWER).unwrap()), 1);
    });
}

#[test]
fn a_migration_that_was_changed_afterwards_is_refused() {
    everywhere(|place| {
        open(&place.location, &SCHEMA).unwrap().close();
        let refused = open(&place.location, &CHANGED).err().unwrap();
        assert!(matches!(refused, OpenError::Changed { .. }), "{refused:?}");
    });
}

#[test]
fn a_broken_migration_changes_nothing() {
    everywhere(|place| {
        open(&place.location, &SCHEMA).unwrap().close();
        let refused = open(&place.location, &BROKEN).err().unwrap();
        assert!(matches!(refused, OpenError::Migration(_)), "{refused:?}");
        assert!(refused.to_string().contains("already exists"), "{refused}");
        // Neither the third step nor the second, so the older program still opens it.
        open(&place.location, &SCHEMA).unwrap().close();
    });
}

#[test]
fn several_that_open_at_once_migrate_once() {
    everywhere(|place| {
        if let Location::Sqlite(_) = place.location {
            return; // A file belongs to one process: see the lock of the data folder.
        }
        std::thread::scope(|scope| {
            let openers: Vec<_> = (0..4).map(|_| scope.spawn(|| open(&place.location, &NEWER))).collect();
            for opener in openers {
                opener.join().unwrap().unwrap().close();
            }
        });
    });
}

#[test]
fn a_place_that_cannot_be_is_an_error_and_not_a_panic() {
    let nowhere = Location::from("/nowhere/at/all.db");
    assert!(matches!(open(&nowhere, &SCHEMA), Err(OpenError::Database(Error::Io(_)))));
    let nobody = Location::from("postgres://nobody:secret@127.0.0.1:1/nothing");
    let error = open(&nobody, &SCHEMA).err().unwrap();
    assert!(!error.to_string().contains("secret"));
    assert!(!format!("{nobody:?}").contains("secret"));
}
