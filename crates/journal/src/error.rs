//! What can go wrong, and what that says about what was stored.

use std::sync::Arc;

/// Why a transaction, or a statement in it, did not happen.
///
/// The texts never hold the value of an argument, so they may be logged.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// A unique key is taken.
    #[error("a row with this key is already there")]
    Conflict,
    /// The disk (or the quota) is full. Nothing of this job was stored.
    #[error("the disk is full: nothing was stored")]
    Full,
    /// The commit was under way when the database failed: what was asked may have happened or not.
    #[error("the answer is unknown: ask again with the same id")]
    Unknown,
    /// The journal was closed before the job began.
    #[error("the journal is closed")]
    Closed,
    /// Somebody else held what was needed for too long. Nothing was stored.
    #[error("the database is busy: nothing was stored, try again")]
    Busy,
    /// A read ran longer than [`Options::read_limit`](crate::Options::read_limit) and was cut.
    #[error("the read took too long and was cut")]
    TooLong,
    /// The job itself asked for it ([`Failure`](crate::Failure)); the rest of its batch was committed.
    #[error("rolled back as the job asked")]
    RolledBack,
    /// The job panicked. Nothing of it was stored, nobody else was harmed.
    #[error("the job panicked and was rolled back")]
    Panicked,
    /// The file is damaged.
    #[error("the database is damaged: {0}")]
    Corrupt(Arc<str>),
    /// The disk or the connection failed. Nothing of this job was stored.
    #[error("reading or writing failed: {0}")]
    Io(Arc<str>),
    /// Anything else that the database refused: a mistake in a statement, another constraint.
    #[error("the database refused: {0}")]
    Database(Arc<str>),
}

/// Why a journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer program has changed the tables; this one would misread them.
    #[error(
        "this database was written by a newer version (schema {found}, this program knows {known}): install the newer program"
    )]
    Newer {
        /// The newest migration that the database has.
        found: i32,
        /// The newest migration that this program knows.
        known: i32,
    },
    /// The write-ahead log of SQLite before 3.51.3 can corrupt the file.
    #[error("SQLite {found} is too old: 3.51.3 or newer is needed")]
    TooOldSqlite {
        /// The version that was linked.
        found: String,
    },
    /// A migration that the database has is not the one that this program has under the same number.
    #[error("migration {found} of the database is not migration {known} of this program")]
    Changed {
        /// As the database remembers it.
        found: String,
        /// As this program has it.
        known: String,
    },
    /// A migration was refused; the tables are as they were before.
    #[error("the tables could not be brought up to date, nothing was changed: {0}")]
    Migration(String),
    /// The file, the server or a thread could not be had.
    #[error("the database could not be opened: {0}")]
    Database(#[from] Error),
}

impl Error {
    pub(crate) fn database(text: impl AsRef<str>) -> Error {
        Error::Database(Arc::from(text.as_ref()))
    }

    pub(crate) fn io(text: impl AsRef<str>) -> Error {
        Error::Io(Arc::from(text.as_ref()))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::Full,
            _ => Error::io(error.to_string()),
        }
    }
}
