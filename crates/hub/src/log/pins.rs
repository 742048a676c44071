//! Who answered at an address when it was first dialled. Whoever answers there later must have the same key.

use super::schema::array;
use crate::key::PublicKey;
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `pins`.
    pub(super) STATEMENTS;
    KEEP = "INSERT INTO pins (url, key) VALUES ($1, $2) ON CONFLICT (url) DO NOTHING";
    FIND = "SELECT key FROM pins WHERE url = $1";
}

/// Remembers the first key of an address.
pub(super) fn keep(tx: &mut Tx<'_>, url: &str, key: PublicKey) -> Result<(), Error> {
    tx.run(&KEEP, args![url, key.bytes()]).map(drop)
}

/// The key of an address.
pub(super) fn find(tx: &mut Tx<'_>, url: &str) -> Result<Option<PublicKey>, Error> {
    tx.one(&FIND, args![url], |row| Ok(PublicKey::trusted(array(row.blob_ref(0)?)?)))
}
