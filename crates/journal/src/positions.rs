//! How far each named reader has come: the table `positions`.

use crate::{Error, Tx, args};

crate::statements! {
    pub(crate) POSITIONS;
    FIND_POSITION = "SELECT sequence FROM positions WHERE reader = $1";
    HOLD_POSITION = "INSERT INTO positions (reader, sequence) VALUES ($1, 0)
        ON CONFLICT (reader) DO UPDATE SET sequence = positions.sequence RETURNING sequence";
    MOVE_POSITION = "INSERT INTO positions (reader, sequence) VALUES ($1, $2)
        ON CONFLICT (reader) DO UPDATE SET sequence = excluded.sequence";
}

/// How far a reader has come: the last sequence that it has dealt with, 0 when it has not begun.
pub fn position(tx: &mut Tx<'_>, reader: &str) -> Result<i64, Error> {
    let found = tx.one(&FIND_POSITION, args![reader], |row| row.int(0))?;
    Ok(found.unwrap_or(0))
}

/// As [`position`], and nobody else can hold or move it until this transaction ends. For readers that write what
/// they did and run in several processes on PostgreSQL. Only inside a write.
pub fn hold_position(tx: &mut Tx<'_>, reader: &str) -> Result<i64, Error> {
    let held = tx.one(&HOLD_POSITION, args![reader], |row| row.int(0))?;
    held.ok_or_else(|| Error::database("a position that was just written is gone"))
}

/// Moves a reader, in the transaction that writes what it did.
pub fn move_position(tx: &mut Tx<'_>, reader: &str, sequence: i64) -> Result<(), Error> {
    tx.run(&MOVE_POSITION, args![reader, sequence])?;
    Ok(())
}
