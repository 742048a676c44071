//! What is known of others that sign with a key of this hub: one row at most.

use super::schema::{number, whole};
use crate::node::Clones;
use crate::time::Time;
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `clones`.
    pub(super) STATEMENTS;
    KEEP = "INSERT INTO clones (one, last_sign, stopped) VALUES (1, $1, $2)
        ON CONFLICT (one) DO UPDATE SET last_sign = excluded.last_sign, stopped = excluded.stopped";
    FIND = "SELECT last_sign, stopped FROM clones";
}

/// Remembers it.
pub(super) fn keep(tx: &mut Tx<'_>, clones: Clones) -> Result<(), Error> {
    let last_sign = clones.last_sign.map(|last| whole(last.0));
    tx.run(&KEEP, args![last_sign, clones.is_stopped]).map(drop)
}

/// What is remembered.
pub(super) fn find(tx: &mut Tx<'_>) -> Result<Clones, Error> {
    let found = tx.one(&FIND, &[], |row| {
        let last_sign = row.opt_int(0)?.map(|last| Time(number(last)));
        Ok(Clones { last_sign, is_stopped: row.flag(1)? })
    })?;
    Ok(found.unwrap_or_default())
}
