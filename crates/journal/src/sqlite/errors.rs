//! SQLite's errors as the journal's.

use rusqlite::{Error as Sqlite, ErrorCode, ffi};

use crate::Error;

/// Gives an error of SQLite the name that both databases share. Its texts name tables and columns, never values.
pub(super) fn explain(error: Sqlite) -> Error {
    let Sqlite::SqliteFailure(failure, text) = &error else {
        return Error::database(error.to_string());
    };
    let text = text.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::ConstraintViolation if is_unique(failure.extended_code) => Error::Conflict,
        ErrorCode::DiskFull => Error::Full,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Busy,
        ErrorCode::OperationInterrupted => Error::TooLong,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Error::Corrupt(text.into()),
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::FileLockingProtocolFailed => {
            Error::io(text)
        }
        _ => Error::database(text),
    }
}

fn is_unique(extended_code: i32) -> bool {
    matches!(
        extended_code,
        ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_ROWID
    )
}
