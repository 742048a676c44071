//! Messages with decisions on auctions of this site, word for word as they were told: who lacks some gets them again.

use auction::Time;
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `told_rulings`.
    pub STATEMENTS;
    KEEP = "INSERT INTO told_rulings (auction, first, last, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    BEHIND = "SELECT body FROM told_rulings WHERE auction = $1 AND last > $2 ORDER BY first LIMIT $3";
    FORGET = "DELETE FROM told_rulings WHERE auction IN (
        SELECT id FROM auctions WHERE phase IN (4, 5) AND phase_at <= $1)";
}

/// Keeps a message. `first`, `last`: its entries.
pub fn keep(tx: &mut Tx<'_>, auction: i64, first: u32, last: u32, body: &str) -> Result<(), Error> {
    tx.run(&KEEP, args![auction, first, last, body]).map(drop)
}

/// Messages with entries behind a number, in order.
pub fn behind(tx: &mut Tx<'_>, auction: i64, number: u32, limit: usize) -> Result<Vec<String>, Error> {
    tx.all(&BEHIND, args![auction, number, limit], |row| row.text(0))
}

/// Forgets those of auctions that were over at a time; gives how many.
pub fn forget(tx: &mut Tx<'_>, over_by: Time) -> Result<u64, Error> {
    tx.run(&FORGET, args![over_by.0])
}
