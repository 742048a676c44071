//! Running statements in a PostgreSQL transaction.

use std::collections::hash_map::Entry;

use ::postgres::Transaction;
use ::postgres::types::{ToSql, Type};

use super::errors::explain;
use super::value::Value;
use crate::deadline::Deadline;
use crate::row::Cells;
use crate::statement::{ByStatement, address};
use crate::tx::{Each, Link, Next};
use crate::unchanged::Mark;
use crate::{Arg, Class, Column, Dialect, Error, Prepared, Row, Statement};

/// The prepared statements of one connection.
pub(super) type Statements = ByStatement<::postgres::Statement>;

/// An open transaction with the statements of its connection.
pub(super) struct PostgresLink<'t, 'c> {
    pub(super) transaction: &'t mut Transaction<'c>,
    pub(super) statements: &'t mut Statements,
    /// After it no further statement is begun.
    pub(super) deadline: Option<&'t Deadline>,
}

impl PostgresLink<'_, '_> {
    fn ready(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
    ) -> Result<::postgres::Statement, Error> {
        if self.deadline.is_some_and(Deadline::is_over) {
            return Err(Error::TooLong);
        }
        let ready = match self.statements.entry(address(statement)) {
            Entry::Occupied(found) => found.get().clone(),
            Entry::Vacant(empty) => empty.insert(prepare(self.transaction, statement)?).clone(),
        };
        let (name, wanted, given) = (statement.name, ready.params().len(), args.len());
        if wanted != given {
            return Err(Error::database(format!("{name} takes {wanted} arguments, {given} were given")));
        }
        Ok(ready)
    }
}

impl Link for PostgresLink<'_, '_> {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    /// Other processes change rows as well.
    fn mark(&self, _: &[&'static str]) -> Option<Mark> {
        None
    }

    fn run(&mut self, statement: &'static Statement, args: &[Arg<'_>]) -> Result<u64, Error> {
        let ready = self.ready(statement, args)?;
        let values: Vec<Value<'_>> = args.iter().map(Value).collect();
        let rows = self.transaction.execute(&ready, &parameters(&values));
        rows.map_err(|error| explain(&error))
    }

    fn query(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
        each: Each<'_>,
    ) -> Result<(), Error> {
        let ready = self.ready(statement, args)?;
        let values: Vec<Value<'_>> = args.iter().map(Value).collect();
        let rows = self.transaction.query(&ready, &parameters(&values));
        for row in rows.map_err(|error| explain(&error))? {
            if let Next::Stop = each(&Row(Cells::Postgres(&row)))? {
                break;
            }
        }
        Ok(())
    }

    fn prepare(&mut self, statement: &'static Statement) -> Result<Prepared, Error> {
        let prepared = prepare(self.transaction, statement)?;
        let columns = prepared.columns().iter().map(column).collect();
        Ok(Prepared::new(statement, prepared.params().len(), columns))
    }
}

fn parameters<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn prepare(
    transaction: &mut Transaction<'_>,
    statement: &'static Statement,
) -> Result<::postgres::Statement, Error> {
    transaction.prepare(statement.sql).map_err(|error| match explain(&error) {
        Error::Database(text) => Error::database(format!("{}: {text}", statement.name)),
        other => other,
    })
}

fn column(column: &::postgres::Column) -> Column {
    Column { name: column.name().to_owned(), class: Some(class(column.type_())) }
}

fn class(kind: &Type) -> Class {
    match *kind {
        Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL => Class::Int,
        Type::TEXT | Type::VARCHAR => Class::Text,
        Type::BYTEA => Class::Blob,
        _ => Class::Other,
    }
}
