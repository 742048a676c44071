//! What SQLite itself finds wrong with its file.

use std::path::Path;

use rusqlite::Connection;

use super::connect;
use super::errors::explain;
use crate::{Error, OpenError};

/// Looks through the whole file. One sentence for each finding.
pub(crate) fn check(file: &Path) -> Result<Vec<String>, Error> {
    let connection = connect::reader(file)?;
    let mut findings = damage(&connection)?;
    findings.extend(orphans(&connection)?);
    Ok(findings)
}

/// A migration runs without foreign keys, so it is checked afterwards that it kept them.
pub(super) fn after_migration(connection: &Connection) -> Result<(), OpenError> {
    match orphans(connection)?.first() {
        None => Ok(()),
        Some(finding) => Err(Error::database(format!("after the migration {finding}")).into()),
    }
}

fn damage(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare("PRAGMA integrity_check").map_err(explain)?;
    let found = statement.query_map([], |row| row.get::<_, String>(0)).map_err(explain)?;
    let mut findings = Vec::new();
    for finding in found {
        findings.push(finding.map_err(explain)?);
    }
    findings.retain(|finding| finding != "ok");
    Ok(findings)
}

fn orphans(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check").map_err(explain)?;
    let mut rows = statement.raw_query();
    let mut findings = Vec::new();
    while let Some(row) = rows.next().map_err(explain)? {
        let table: String = row.get(0).map_err(explain)?;
        let parent: String = row.get(2).map_err(explain)?;
        let row = row.get::<_, Option<i64>>(1).map_err(explain)?;
        let row = row.map_or_else(String::new, |row| format!(" {row}"));
        findings.push(format!("row{row} of {table} points to a row of {parent} that is not there"));
    }
    Ok(findings)
}
