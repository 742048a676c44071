//! Where a database is.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::{Error, Tx};
use crate::{postgres, sqlite};

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file. Its folder must exist; the file is made when it is missing.
    Sqlite(PathBuf),
    /// A URL such as `postgres://person:password@host:5432/database`.
    Postgres(String),
}

/// Which of the two databases answers: for the few statements that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite, one file, one process.
    Sqlite,
    /// PostgreSQL, shared by any number of processes.
    Postgres,
}

impl Location {
    /// Which database this place belongs to.
    pub fn dialect(&self) -> Dialect {
        match self {
            Location::Sqlite(_) => Dialect::Sqlite,
            Location::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Reads from a database as it is, in one snapshot: nothing is made, and nothing is brought up to date. On a
    /// connection of its own and without the limit of other reads. Blocks; panics inside a runtime.
    pub fn look<T, E: From<Error>>(
        &self,
        question: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Location::Sqlite(file) => sqlite::look(file, question)?,
            Location::Postgres(url) => postgres::look(url, question)?,
        }
    }

    /// Copies the database, as it is at one moment, into a new file, whoever writes to it meanwhile. Blocks.
    ///
    /// SQLite only: for PostgreSQL the error says to use `pg_dump`. Fails when the file is already there.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        match self {
            Location::Sqlite(file) => sqlite::backup(file, to),
            Location::Postgres(_) => Err(Error::database("PostgreSQL is backed up with pg_dump")),
        }
    }
}

impl From<&str> for Location {
    /// `postgres://…` and `postgresql://…` are URLs, everything else is a file.
    fn from(text: &str) -> Location {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Location::Postgres(text.to_owned())
        } else {
            Location::Sqlite(PathBuf::from(text))
        }
    }
}

impl fmt::Debug for Location {
    /// Without the URL: it may hold a password, and debug output ends up in logs.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(file) => formatter.debug_tuple("Sqlite").field(file).finish(),
            Location::Postgres(_) => formatter.write_str("Postgres(…)"),
        }
    }
}
