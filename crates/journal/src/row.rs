//! What comes out of a statement: one row, and how its cells become Rust values.

use crate::Error;
use crate::postgres::cell as pg;
use crate::sqlite::cell as lite;

/// One row of an answer. Columns are counted from 0.
///
/// Every function fails with [`Error::Database`] when the column is missing or of another type, and, where the name
/// does not begin with `opt_`, when it is NULL.
pub struct Row<'r>(pub(crate) Cells<'r>);

pub(crate) enum Cells<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

impl Row<'_> {
    /// An integer. On PostgreSQL every integer type and BOOLEAN (as 0 or 1) will do.
    pub fn int(&self, column: usize) -> Result<i64, Error> {
        some(self.opt_int(column)?, column)
    }

    /// An integer or NULL.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, Error> {
        match self.0 {
            Cells::Sqlite(row) => lite::int(row, column),
            Cells::Postgres(row) => pg::int(row, column),
        }
    }

    /// A flag: 0 is false, 1 is true, anything else an error.
    pub fn flag(&self, column: usize) -> Result<bool, Error> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Error::database(format!("column {column} is neither 0 nor 1"))),
        }
    }

    /// A text.
    pub fn text(&self, column: usize) -> Result<String, Error> {
        Ok(self.text_ref(column)?.to_owned())
    }

    /// A text or NULL.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, Error> {
        Ok(self.opt_text_ref(column)?.map(str::to_owned))
    }

    /// A text, borrowed from the row.
    pub fn text_ref(&self, column: usize) -> Result<&str, Error> {
        some(self.opt_text_ref(column)?, column)
    }

    /// A text or NULL, borrowed from the row.
    pub fn opt_text_ref(&self, column: usize) -> Result<Option<&str>, Error> {
        match self.0 {
            Cells::Sqlite(row) => lite::text(row, column),
            Cells::Postgres(row) => pg::text(row, column),
        }
    }

    /// Bytes.
    pub fn blob(&self, column: usize) -> Result<Vec<u8>, Error> {
        Ok(self.blob_ref(column)?.to_vec())
    }

    /// Bytes or NULL.
    pub fn opt_blob(&self, column: usize) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.opt_blob_ref(column)?.map(<[u8]>::to_vec))
    }

    /// Bytes, borrowed from the row.
    pub fn blob_ref(&self, column: usize) -> Result<&[u8], Error> {
        some(self.opt_blob_ref(column)?, column)
    }

    /// Bytes or NULL, borrowed from the row.
    pub fn opt_blob_ref(&self, column: usize) -> Result<Option<&[u8]>, Error> {
        match self.0 {
            Cells::Sqlite(row) => lite::blob(row, column),
            Cells::Postgres(row) => pg::blob(row, column),
        }
    }
}

fn some<T>(value: Option<T>, column: usize) -> Result<T, Error> {
    value.ok_or_else(|| Error::database(format!("column {column} is NULL")))
}
