//! What is remembered of origins: their floor, and who is blocked.

use super::schema::{array, number, whole};
use crate::key::PublicKey;
use crate::node::RestoredOrigin;
use crate::time::Time;
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `origins`.
    pub(super) STATEMENTS;
    RAISE = "INSERT INTO origins (key, floor) VALUES ($1, $2)
        ON CONFLICT (key) DO UPDATE SET floor = max(floor, excluded.floor)";
    BLOCK = "INSERT INTO origins (key, blocked) VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET blocked = 1";
    UNBLOCK = "UPDATE origins SET blocked = 0 WHERE key = $1";
    ALL = "SELECT key, floor, blocked FROM origins";
}

/// Raises the floor of an origin.
pub(super) fn raise_floor(tx: &mut Tx<'_>, origin: PublicKey, floor: Time) -> Result<(), Error> {
    tx.run(&RAISE, args![origin.bytes(), whole(floor.0)]).map(drop)
}

/// Blocks a key.
pub(super) fn block(tx: &mut Tx<'_>, key: PublicKey) -> Result<(), Error> {
    tx.run(&BLOCK, args![key.bytes()]).map(drop)
}

/// Lets a key in again.
pub(super) fn unblock(tx: &mut Tx<'_>, key: PublicKey) -> Result<(), Error> {
    tx.run(&UNBLOCK, args![key.bytes()]).map(drop)
}

/// All of them.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<RestoredOrigin>, Error> {
    tx.all(&ALL, &[], |row| {
        let key = PublicKey::trusted(array(row.blob_ref(0)?)?);
        Ok(RestoredOrigin { key, floor: Time(number(row.int(1)?)), blocked: row.flag(2)? })
    })
}
