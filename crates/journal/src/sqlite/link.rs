//! Running statements in a SQLite transaction.

use std::collections::hash_map::Entry;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, PrepFlags, ToSql};

use super::errors::explain;
use crate::deadline::Deadline;
use crate::row::Cells;
use crate::statement::{ByStatement, Changes, address};
use crate::tx::{Each, Link, Next};
use crate::unchanged::{Counted, Mark};
use crate::{Arg, Class, Column, Dialect, Error, Prepared, Row, Statement};

/// A connection with its prepared statements, which live as long as it does.
pub(super) struct SqliteLink<'c> {
    connection: &'c Connection,
    statements: ByStatement<Ready<'c>>,
    deadline: Option<Deadline>,
    counted: Counted,
}

struct Ready<'c> {
    statement: rusqlite::Statement<'c>,
    parameters: usize,
    changes: Changes,
}

impl<'c> SqliteLink<'c> {
    pub(super) fn new(connection: &'c Connection, deadline: Option<Deadline>) -> SqliteLink<'c> {
        SqliteLink { connection, statements: ByStatement::default(), deadline, counted: Counted::new() }
    }

    /// False when a transaction is open. An error such as a full disk can end one without being asked.
    pub(super) fn is_autocommit(&self) -> bool {
        self.connection.is_autocommit()
    }

    /// Prepares a statement without arguments for later.
    pub(super) fn keep_ready(&mut self, statement: &'static Statement) -> Result<(), Error> {
        self.ready(statement, &[]).map(drop)
    }

    fn ready(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<&mut rusqlite::Statement<'c>, Error> {
        if self.deadline.as_ref().is_some_and(|deadline| deadline.is_over()) {
            return Err(Error::TooLong);
        }
        let ready = match self.statements.entry(address(statement)) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(empty) => empty.insert(prepare(self.connection, statement)?),
        };
        bind(ready, statement, args)?;
        self.counted.count(ready.changes);
        Ok(&mut ready.statement)
    }
}

impl Link for SqliteLink<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    /// The data folder belongs to this process, and only its writer changes rows.
    fn mark(&self, tables: &[&'static str]) -> Option<Mark> {
        Some(self.counted.mark(tables))
    }

    fn run(&mut self, statement: &'static Statement, args: &[Arg<'_>]) -> Result<u64, Error> {
        let rows = self.ready(statement, args)?.raw_execute().map_err(explain)?;
        Ok(rows as u64)
    }

    fn query(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
        each: Each<'_>,
    ) -> Result<(), Error> {
        let mut rows = self.ready(statement, args)?.raw_query();
        while let Some(row) = rows.next().map_err(explain)? {
            if let Next::Stop = each(&Row(Cells::Sqlite(row)))? {
                break;
            }
        }
        Ok(())
    }

    fn prepare(&mut self, statement: &'static Statement) -> Result<Prepared, Error> {
        let ready = prepare(self.connection, statement)?;
        let columns = ready.statement.columns().map(|found| column(&found)).collect();
        Ok(Prepared::new(statement, ready.parameters, columns))
    }
}

fn prepare<'c>(connection: &'c Connection, statement: &'static Statement) -> Result<Ready<'c>, Error> {
    let prepared = connection
        .prepare_with_flags(statement.sql, PrepFlags::SQLITE_PREPARE_PERSISTENT)
        .map_err(|error| named(statement, explain(error)))?;
    let parameters = prepared.parameter_count();
    for number in 1..=parameters {
        let wanted = format!("${number}");
        if prepared.parameter_name(number) != Some(wanted.as_str()) {
            let text =
                format!("{}: parameter {wanted} does not first appear as number {number}", statement.name);
            return Err(Error::database(text));
        }
    }
    Ok(Ready { statement: prepared, parameters, changes: statement.changes() })
}

fn named(statement: &Statement, error: Error) -> Error {
    match error {
        Error::Database(text) => Error::database(format!("{}: {text}", statement.name)),
        other => other,
    }
}

fn bind(ready: &mut Ready<'_>, statement: &Statement, args: &[Arg<'_>]) -> Result<(), Error> {
    if args.len() != ready.parameters {
        let (name, wanted, given) = (statement.name, ready.parameters, args.len());
        return Err(Error::database(format!("{name} takes {wanted} arguments, {given} were given")));
    }
    for (number, arg) in args.iter().enumerate() {
        let bound = ready.statement.raw_bind_parameter(number + 1, Bound(arg));
        bound.map_err(explain)?;
    }
    Ok(())
}

struct Bound<'a>(&'a Arg<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match *self.0 {
            Arg::Null => ValueRef::Null,
            Arg::Int(value) => ValueRef::Integer(value),
            Arg::Text(text) => ValueRef::Text(text.as_bytes()),
            Arg::Blob(bytes) => ValueRef::Blob(bytes),
            _ => {
                return Err(rusqlite::Error::ToSqlConversionFailure("SQLite takes no lists".into()));
            }
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

fn column(column: &rusqlite::Column<'_>) -> Column {
    Column { name: column.name().to_owned(), class: column.decl_type().map(class) }
}

/// STRICT tables know only these names.
fn class(declared: &str) -> Class {
    match declared.to_ascii_uppercase().as_str() {
        "INTEGER" | "INT" | "BIGINT" => Class::Int,
        "TEXT" => Class::Text,
        "BLOB" => Class::Blob,
        _ => Class::Other,
    }
}
