//! PostgreSQL's errors as the journal's.

use ::postgres::error::{DbError, SqlState};

use crate::Error;

/// Gives an error of PostgreSQL the name that both databases share, without any value in its text.
pub(super) fn explain(error: &::postgres::Error) -> Error {
    match error.as_db_error() {
        Some(refusal) => explain_refusal(refusal),
        None if error.is_closed() || is_io(error) => Error::io(with_cause(error)),
        None => Error::database(with_cause(error)),
    }
}

/// True when a commit that failed so may have happened all the same: the answer was lost, not negative.
pub(super) fn leaves_doubt(error: &::postgres::Error) -> bool {
    match error.as_db_error() {
        // The connection (08), the server going down (57), its disk (58) or something worse (XX).
        Some(refusal) => matches!(class(refusal.code()), "08" | "57" | "58" | "XX"),
        None => true,
    }
}

/// The first two characters of a code say what kind of error it is.
fn class(code: &SqlState) -> &str {
    code.code().get(..2).unwrap_or_default()
}

fn explain_refusal(refusal: &DbError) -> Error {
    let code = refusal.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        return Error::Conflict;
    }
    if [&SqlState::T_R_SERIALIZATION_FAILURE, &SqlState::T_R_DEADLOCK_DETECTED, &SqlState::LOCK_NOT_AVAILABLE]
        .contains(&code)
    {
        return Error::Busy;
    }
    if *code == SqlState::QUERY_CANCELED {
        return Error::TooLong;
    }
    if *code == SqlState::DISK_FULL {
        return Error::Full;
    }
    match class(code) {
        // Messages about data repeat the data.
        "22" => Error::database(format!("a value does not fit (SQLSTATE {})", code.code())),
        "08" | "57" | "58" => Error::io(format!("{} (SQLSTATE {})", refusal.message(), code.code())),
        "XX" => Error::Corrupt(format!("{} (SQLSTATE {})", refusal.message(), code.code()).into()),
        _ => Error::database(format!("{} (SQLSTATE {})", refusal.message(), code.code())),
    }
}

fn is_io(error: &::postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
}

fn with_cause(error: &::postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
