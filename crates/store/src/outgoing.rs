//! Messages to other sites on their way to the hub, in order. They are written in the transaction that moves the reader
//! whose news they tell, so that each is told exactly as it was first written.

use auction::Time;
use journal::{Error, Tx, args, take_block};

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its place.
    pub id: i64,
    /// The event, in JSON.
    pub body: String,
    /// How many seconds it is worth delivering; 0 for as long as hubs keep it.
    pub ttl: u32,
}

journal::statements! {
    /// Statements on `outgoing`.
    pub STATEMENTS;
    APPEND = "INSERT INTO outgoing (id, auction, kind, body, ttl, at) VALUES ($1, $2, $3, $4, $5, $6)";
    WAITING = "SELECT id, body, ttl FROM outgoing WHERE id > $1 ORDER BY id LIMIT $2";
    FORGET = "DELETE FROM outgoing WHERE id <= $1";
}

/// The counter that gives messages their places, in the order of commits.
const PLACES: &str = "outgoing";

/// Appends a message. `auction`: what it is about, `kind`: the word of its type, for people who look.
pub fn append(
    tx: &mut Tx<'_>,
    auction: Option<i64>,
    kind: &str,
    body: &str,
    ttl: u32,
    now: Time,
) -> Result<(), Error> {
    // In the order of commits, so that forgetting up to one forgets none that is still to come.
    let id = take_block(tx, PLACES, 1)?;
    tx.run(&APPEND, args![id, auction, kind, body, ttl, now.0]).map(drop)
}

/// Messages that the hub has not taken yet, in order: the others are forgotten.
pub fn waiting(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Outgoing>, Error> {
    tx.all(&WAITING, args![0, limit], |row| {
        Ok(Outgoing { id: row.int(0)?, body: row.text(1)?, ttl: row.int(2)? as u32 })
    })
}

/// Forgets messages that the hub has taken.
pub fn forget(tx: &mut Tx<'_>, up_to: i64) -> Result<(), Error> {
    tx.run(&FORGET, args![up_to]).map(drop)
}
