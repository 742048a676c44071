//! Bringing tables up to date.

use refinery::{Runner, error::Kind};

use crate::{Dialect, OpenError};

/// The tables of whoever uses the journal.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// In rising order of version. What was once released is never changed, only followed by another.
    pub migrations: &'static [Migration],
    /// The name of the table that remembers which were applied; several schemas may share a database.
    pub table: &'static str,
}

/// One step from a schema to the next, written twice because data definition differs.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Counts from 1.
    pub version: i32,
    /// A word or two with underscores, such as `add_pictures`.
    pub name: &'static str,
    /// The statements for SQLite, each ended by a semicolon.
    pub sqlite: &'static str,
    /// The statements for PostgreSQL.
    pub postgres: &'static str,
}

/// The journal's own tables.
pub(crate) const OWN: Schema = Schema {
    table: "journal_schema",
    migrations: &[Migration {
        version: 1,
        name: "positions_and_counters",
        sqlite: "CREATE TABLE positions (reader TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
        postgres: "CREATE TABLE positions (reader TEXT COLLATE \"C\" PRIMARY KEY, sequence BIGINT NOT NULL);
            CREATE TABLE counters (name TEXT COLLATE \"C\" PRIMARY KEY, value BIGINT NOT NULL);",
    }],
};

/// Brings the tables of a schema up to date, all steps in one transaction; gives how many steps that took.
pub(crate) fn migrate<C: refinery::Migrate>(
    connection: &mut C,
    schema: &Schema,
    dialect: Dialect,
) -> Result<usize, OpenError> {
    let runner = runner(schema, dialect)?;
    match runner.run(connection) {
        Ok(report) => Ok(report.applied_migrations().len()),
        Err(error) => Err(explain(error, &runner, connection, schema)),
    }
}

fn runner(schema: &Schema, dialect: Dialect) -> Result<Runner, OpenError> {
    let mut steps = Vec::with_capacity(schema.migrations.len());
    for migration in schema.migrations {
        let name = format!("V{}__{}", migration.version, migration.name);
        let sql = match dialect {
            Dialect::Sqlite => migration.sqlite,
            Dialect::Postgres => migration.postgres,
        };
        let step = refinery::Migration::unapplied(&name, sql);
        steps.push(step.map_err(|error| OpenError::Migration(format!("{name}: {error}")))?);
    }
    // Grouped, because otherwise a step and the note that it was done are two transactions.
    let mut runner = Runner::new(&steps).set_grouped(true);
    runner.set_migration_table_name(schema.table);
    Ok(runner)
}

fn explain<C: refinery::Migrate>(
    error: refinery::Error,
    runner: &Runner,
    connection: &mut C,
    schema: &Schema,
) -> OpenError {
    let known = schema.migrations.iter().map(|migration| migration.version).max().unwrap_or(0);
    match error.kind() {
        Kind::MissingVersion(step) if step.version() > known => {
            let last = runner.get_last_applied_migration(connection).ok().flatten();
            let found = last.map_or(step.version(), |last| last.version());
            OpenError::Newer { found, known }
        }
        Kind::DivergentVersion(found, known) => {
            OpenError::Changed { found: found.to_string(), known: known.to_string() }
        }
        Kind::Connection(_, cause) => OpenError::Migration(reason(cause.as_ref())),
        other => OpenError::Migration(other.to_string()),
    }
}

/// The text of an error and of what caused it; PostgreSQL's own says only "db error".
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}
