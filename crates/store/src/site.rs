//! The few facts about the site itself, by name.

use auction::Time;
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `site`.
    pub STATEMENTS;
    FACT = "SELECT value FROM site WHERE name = $1";
    SET_FACT = "INSERT INTO site (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    FORGET_FACT = "DELETE FROM site WHERE name = $1";
    FIRST_FACT = "INSERT INTO site (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = site.value RETURNING value";
}

/// A fact.
pub fn fact(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, Error> {
    tx.one(&FACT, args![name], |row| row.text(0))
}

/// Sets a fact.
pub fn set_fact(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.run(&SET_FACT, args![name, value]).map(drop)
}

/// Forgets a fact.
pub fn forget_fact(tx: &mut Tx<'_>, name: &str) -> Result<(), Error> {
    tx.run(&FORGET_FACT, args![name]).map(drop)
}

/// The fact that stands under this name; the first to ask sets it.
pub fn first_fact(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<String, Error> {
    let found = tx.one(&FIRST_FACT, args![name, value], |row| row.text(0))?;
    Ok(found.unwrap_or_else(|| value.to_owned()))
}

/// Last sign of life of the process that decides.
const HEARTBEAT: &str = "heartbeat";

/// Leaves a sign of life.
pub fn beat(tx: &mut Tx<'_>, now: Time) -> Result<(), Error> {
    set_fact(tx, HEARTBEAT, &now.0.to_string())
}

/// The last sign of life.
pub fn last_beat(tx: &mut Tx<'_>) -> Result<Option<Time>, Error> {
    Ok(fact(tx, HEARTBEAT)?.and_then(|text| text.parse().ok()).map(Time))
}
