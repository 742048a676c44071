//! Reading one cell of a row.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::errors::explain;
use crate::Error;

pub(crate) fn int(row: &Row<'_>, column: usize) -> Result<Option<i64>, Error> {
    match row.get_ref(column).map_err(explain)? {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(value) => Ok(Some(value)),
        other => Err(wrong(column, "an integer", &other)),
    }
}

pub(crate) fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r str>, Error> {
    match row.get_ref(column).map_err(explain)? {
        ValueRef::Null => Ok(None),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Error::database(format!("column {column} is not UTF-8"))),
        },
        other => Err(wrong(column, "a text", &other)),
    }
}

pub(crate) fn blob<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r [u8]>, Error> {
    match row.get_ref(column).map_err(explain)? {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(bytes) => Ok(Some(bytes)),
        other => Err(wrong(column, "bytes", &other)),
    }
}

fn wrong(column: usize, wanted: &str, found: &ValueRef<'_>) -> Error {
    Error::database(format!("column {column} is not {wanted} but {}", found.data_type()))
}
