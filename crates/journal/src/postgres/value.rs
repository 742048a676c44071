//! Arguments as PostgreSQL takes them.

use ::postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use bytes::BytesMut;

use crate::Arg;

type Wrong = Box<dyn std::error::Error + Sync + Send>;

/// An argument on its way to PostgreSQL, which tells of which type it wants it.
#[derive(Debug)]
pub(super) struct Value<'a>(pub(super) &'a Arg<'a>);

impl ToSql for Value<'_> {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
        match *self.0 {
            Arg::Null => Ok(IsNull::Yes),
            Arg::Int(value) => int(value, wanted, out),
            Arg::Text(value) => same(value, wanted, out),
            Arg::Blob(value) => same(value, wanted, out),
            Arg::Ints(values) => same(values, wanted, out),
            Arg::OptInts(values) => same(values, wanted, out),
            Arg::Texts(values) => same(values, wanted, out),
            Arg::OptTexts(values) => same(values, wanted, out),
            Arg::Blobs(values) => same(values, wanted, out),
            Arg::OptBlobs(values) => same(values, wanted, out),
        }
    }

    /// Judged in `to_sql`, where the argument is known.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn same<T: ToSql>(value: T, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
    if !T::accepts(wanted) {
        return Err(format!("the statement wants {wanted}, which is not what it was given").into());
    }
    value.to_sql(wanted, out)
}

/// Expressions around a literal are of smaller types than the columns are.
fn int(value: i64, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
    match *wanted {
        Type::INT4 => i32::try_from(value)?.to_sql(wanted, out),
        Type::INT2 => i16::try_from(value)?.to_sql(wanted, out),
        _ => same(value, wanted, out),
    }
}
