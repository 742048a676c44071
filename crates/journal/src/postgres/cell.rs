//! Reading one cell of a row.

use ::postgres::Row;
use ::postgres::types::{FromSql, Type};

use crate::Error;

type Wrong = Box<dyn std::error::Error + Sync + Send>;

pub(crate) fn int(row: &Row, column: usize) -> Result<Option<i64>, Error> {
    let value: Option<AnyInt> = row.try_get(column).map_err(wrong)?;
    Ok(value.map(|AnyInt(value)| value))
}

pub(crate) fn text(row: &Row, column: usize) -> Result<Option<&str>, Error> {
    row.try_get(column).map_err(wrong)
}

pub(crate) fn blob(row: &Row, column: usize) -> Result<Option<&[u8]>, Error> {
    row.try_get(column).map_err(wrong)
}

fn wrong(error: ::postgres::Error) -> Error {
    super::errors::explain(&error)
}

/// A literal in a statement is INT4 and `EXISTS` is BOOLEAN here, while SQLite has one integer.
struct AnyInt(i64);

impl<'a> FromSql<'a> for AnyInt {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<AnyInt, Wrong> {
        let value = match *kind {
            Type::INT8 => i64::from_sql(kind, raw)?,
            Type::INT4 => i64::from(i32::from_sql(kind, raw)?),
            Type::INT2 => i64::from(i16::from_sql(kind, raw)?),
            _ => i64::from(bool::from_sql(kind, raw)?),
        };
        Ok(AnyInt(value))
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::INT2, Type::BOOL].contains(kind)
    }
}
