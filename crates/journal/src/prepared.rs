//! What a database makes of a statement, for tests.

use crate::Statement;

/// What a database makes of a statement, without running it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// [`Statement::name`].
    pub name: &'static str,
    /// How many `$n` it takes.
    pub parameters: usize,
    /// The columns of its rows; empty when it gives none.
    pub columns: Vec<Column>,
}

/// One column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// As the statement names it (`AS`), else as the database does.
    pub name: String,
    /// What it holds. SQLite knows it only for a plain column of a table, not for an expression.
    pub class: Option<Class>,
}

/// What a column holds, as far as both databases can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Integers, and PostgreSQL's BOOLEAN.
    Int,
    /// Texts.
    Text,
    /// Bytes.
    Blob,
    /// Something that [`Row`](crate::Row) cannot read, such as NUMERIC or REAL.
    Other,
}

impl Prepared {
    pub(crate) fn new(statement: &'static Statement, parameters: usize, columns: Vec<Column>) -> Prepared {
        Prepared { name: statement.name, parameters, columns }
    }
}
