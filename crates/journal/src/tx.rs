//! A transaction: the only way to speak to the tables.

use std::ops::ControlFlow;

use crate::{Arg, Dialect, Error, Mark, Prepared, Row, Statement};

/// An open transaction: the only way to a table.
///
/// After the first error the transaction is lost, on both databases: every further statement gives the same error
/// again, and the job cannot be committed. So expect conflicts in the statement (`ON CONFLICT`), not after it.
pub struct Tx<'c> {
    link: &'c mut (dyn Link + 'c),
    failed: Option<Error>,
    changed: bool,
}

/// A connection inside a transaction; one implementation for each database.
pub(crate) trait Link {
    fn dialect(&self) -> Dialect;

    /// See [`Tx::mark`].
    fn mark(&self, tables: &[&'static str]) -> Option<Mark>;

    /// Gives the number of rows changed.
    fn run(&mut self, statement: &'static Statement, args: &[Arg<'_>]) -> Result<u64, Error>;

    /// Hands row after row to `each`, until that says [`Next::Stop`].
    fn query(&mut self, statement: &'static Statement, args: &[Arg<'_>], each: Each<'_>)
    -> Result<(), Error>;

    fn prepare(&mut self, statement: &'static Statement) -> Result<Prepared, Error>;
}

pub(crate) type Each<'e> = &'e mut dyn FnMut(&Row<'_>) -> Result<Next, Error>;

pub(crate) enum Next {
    More,
    Stop,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(link: &'c mut (dyn Link + 'c)) -> Tx<'c> {
        Tx { link, failed: None, changed: false }
    }

    /// Which database this is: for the few statements that come in pairs.
    pub fn dialect(&self) -> Dialect {
        self.link.dialect()
    }

    /// Two equal marks of the writer: nobody has changed a row of these tables in between, so that what was read then
    /// need not be read again. `None` where that cannot be known, because other processes write as well (PostgreSQL).
    /// What triggers and cascades change does not count.
    pub fn mark(&self, tables: &[&'static str]) -> Option<Mark> {
        self.link.mark(tables)
    }

    /// Runs a statement that gives no rows; gives the number of rows that it changed.
    pub fn run(&mut self, statement: &'static Statement, args: &[Arg<'_>]) -> Result<u64, Error> {
        self.go_on()?;
        let rows = self.link.run(statement, args);
        self.changed |= matches!(rows, Ok(1..));
        self.keep(rows)
    }

    /// Runs a statement and maps its first row, if there is one.
    pub fn one<T>(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut found = None;
        self.query(statement, args, &mut |row| {
            found = Some(map(row)?);
            Ok(Next::Stop)
        })?;
        Ok(found)
    }

    /// Runs a statement and maps all its rows.
    pub fn all<T>(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        self.query(statement, args, &mut |row| {
            found.push(map(row)?);
            Ok(Next::More)
        })?;
        Ok(found)
    }

    /// Runs a statement and hands row after row to `each`, until that has enough.
    pub fn walk(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, Error>,
    ) -> Result<(), Error> {
        self.query(statement, args, &mut |row| {
            Ok(if each(row)?.is_break() { Next::Stop } else { Next::More })
        })
    }

    fn query(
        &mut self,
        statement: &'static Statement,
        args: &[Arg<'_>],
        each: Each<'_>,
    ) -> Result<(), Error> {
        self.go_on()?;
        let answer = self.link.query(statement, args, each);
        self.changed |= answer.is_ok() && statement.may_change_rows();
        self.keep(answer)
    }

    pub(crate) fn prepare(&mut self, statement: &'static Statement) -> Result<Prepared, Error> {
        self.go_on()?;
        let prepared = self.link.prepare(statement);
        self.keep(prepared)
    }

    /// The first error of a statement, if there was one.
    pub(crate) fn failed(&self) -> Option<&Error> {
        self.failed.as_ref()
    }

    /// True when a row may have been changed.
    pub(crate) fn changed(&self) -> bool {
        self.changed
    }

    fn go_on(&self) -> Result<(), Error> {
        self.failed.clone().map_or(Ok(()), Err)
    }

    fn keep<T>(&mut self, answer: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &answer {
            self.failed = Some(error.clone());
        }
        answer
    }
}
