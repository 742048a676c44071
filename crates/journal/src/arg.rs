//! What goes into a statement: one argument, and how Rust values become one.

/// A value handed to a statement. Times, money and flags are integers.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// NULL, for a column of any type.
    Null,
    /// `BIGINT`.
    Int(i64),
    /// `TEXT`.
    Text(&'a str),
    /// `BLOB` or `BYTEA`.
    Blob(&'a [u8]),
    /// `BIGINT[]`, for `= ANY($1)` and `unnest($1)`. Lists exist on PostgreSQL only, where a round trip costs more
    /// than the rows; on SQLite a loop is as fast, and a list is refused.
    Ints(&'a [i64]),
    /// `BIGINT[]` with NULLs; PostgreSQL only.
    OptInts(&'a [Option<i64>]),
    /// `TEXT[]`; PostgreSQL only.
    Texts(&'a [&'a str]),
    /// `TEXT[]` with NULLs; PostgreSQL only.
    OptTexts(&'a [Option<&'a str>]),
    /// `BYTEA[]`; PostgreSQL only.
    Blobs(&'a [&'a [u8]]),
    /// `BYTEA[]` with NULLs; PostgreSQL only.
    OptBlobs(&'a [Option<&'a [u8]>]),
}

/// Builds the arguments of a statement: `args![id, name, None::<i64>]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Arg::from($value)),*] as &[$crate::Arg<'_>]
    };
}

macro_rules! from {
    ($($from:ty, $value:ident => $arg:expr;)+) => {
        $(impl<'a> From<$from> for Arg<'a> {
            fn from($value: $from) -> Arg<'a> {
                $arg
            }
        })+
    };
}

from! {
    i64, value => Arg::Int(value);
    i32, value => Arg::Int(i64::from(value));
    u32, value => Arg::Int(i64::from(value));
    u16, value => Arg::Int(i64::from(value));
    u8, value => Arg::Int(i64::from(value));
    bool, value => Arg::Int(i64::from(value));
    usize, value => Arg::Int(value as i64);
    &'a str, value => Arg::Text(value);
    &'a String, value => Arg::Text(value);
    &'a [u8], value => Arg::Blob(value);
    &'a Vec<u8>, value => Arg::Blob(value);
    &'a [i64], value => Arg::Ints(value);
    &'a [Option<i64>], value => Arg::OptInts(value);
    &'a [&'a str], value => Arg::Texts(value);
    &'a [Option<&'a str>], value => Arg::OptTexts(value);
    &'a [&'a [u8]], value => Arg::Blobs(value);
    &'a [Option<&'a [u8]>], value => Arg::OptBlobs(value);
}

impl<'a, const N: usize> From<&'a [u8; N]> for Arg<'a> {
    fn from(value: &'a [u8; N]) -> Arg<'a> {
        Arg::Blob(value)
    }
}

impl<'a, T: Into<Arg<'a>>> From<Option<T>> for Arg<'a> {
    fn from(value: Option<T>) -> Arg<'a> {
        value.map_or(Arg::Null, Into::into)
    }
}
