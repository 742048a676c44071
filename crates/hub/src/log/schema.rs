//! The tables of the log, and the list of all its statements.

use crate::applications;
use journal::{Error, Migration, Schema, Statement};

/// The tables of a hub, by version: those of the log, then those of applications, in one file. A hub keeps them in
/// SQLite; there is no second way.
pub(crate) static SCHEMA: Schema =
    Schema { table: "hub_migrations", migrations: &[FOUNDING, applications::MIGRATION] };

const FOUNDING: Migration = Migration {
    version: 1,
    name: "founding",
    sqlite: include_str!("../../migrations/V1__founding.sql"),
    postgres: "",
};

/// Every statement, by file.
#[cfg_attr(not(test), expect(dead_code, reason = "a test prepares all of them"))]
pub(super) static STATEMENTS: &[&[&Statement]] = &[
    super::changes::STATEMENTS,
    super::clones::STATEMENTS,
    super::fetch::STATEMENTS,
    super::forks::STATEMENTS,
    super::names::STATEMENTS,
    super::neighbours::STATEMENTS,
    super::origins::STATEMENTS,
    super::pins::STATEMENTS,
    super::places::STATEMENTS,
    super::restore::STATEMENTS,
    super::streams::STATEMENTS,
    super::trim::STATEMENTS,
];

/// A number as SQLite keeps it. The node takes none beyond, so nothing is cut here.
pub(super) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as it was kept.
pub(super) fn number(whole: i64) -> u64 {
    u64::try_from(whole).unwrap_or(0)
}

/// A key, hash or the like as it was kept.
pub(super) fn array(bytes: &[u8]) -> Result<[u8; 32], Error> {
    bytes.try_into().map_err(|_| Error::Corrupt("a key or hash has not 32 bytes".into()))
}
