//! Migrations and the list of all statements.

use journal::{Journal, Location, Migration, OpenError, Options, Schema, Statement};

/// The site's tables, by version.
pub static SCHEMA: Schema = Schema {
    table: "site_migrations",
    migrations: &[
        Migration {
            version: 1,
            name: "founding",
            sqlite: include_str!("../migrations/sqlite/V1__founding.sql"),
            postgres: include_str!("../migrations/postgres/V1__founding.sql"),
        },
        Migration {
            version: 2,
            name: "network",
            sqlite: include_str!("../migrations/sqlite/V2__network.sql"),
            postgres: include_str!("../migrations/postgres/V2__network.sql"),
        },
    ],
};

/// Every statement of the site, by file.
pub static STATEMENTS: &[&[&Statement]] = &[
    crate::announced::STATEMENTS,
    crate::answers::STATEMENTS,
    crate::auctions::STATEMENTS,
    crate::bidders::STATEMENTS,
    crate::check::STATEMENTS,
    crate::decided::STATEMENTS,
    crate::entries::STATEMENTS,
    crate::guest_bids::STATEMENTS,
    crate::guests::STATEMENTS,
    crate::keys::STATEMENTS,
    crate::letters::STATEMENTS,
    crate::level::STATEMENTS,
    crate::listings::STATEMENTS,
    crate::outgoing::STATEMENTS,
    crate::passed_over::STATEMENTS,
    crate::people::STATEMENTS,
    crate::receipts::STATEMENTS,
    crate::replicas::STATEMENTS,
    crate::replicas::HISTORY,
    crate::sent_bids::STATEMENTS,
    crate::site::STATEMENTS,
    crate::sites::STATEMENTS,
    crate::told_rulings::STATEMENTS,
];

/// Opens the site's database and brings its tables up to date. Blocks.
pub fn open(location: &Location, options: &Options) -> Result<Journal, OpenError> {
    Journal::open(location, &SCHEMA, options)
}
