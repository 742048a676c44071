//! Letters that are due, and what became of them.

use auction::{Person, Time};
use journal::{Error, Row, Tx, args};

/// A letter on its way into the store.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// Stable for ever: a letter sent twice has the same.
    pub message_id: &'a str,
    /// The word of its kind.
    pub kind: &'a str,
    /// To whom.
    pub person: Person,
    /// About which auction.
    pub auction: Option<i64>,
    /// The secret of a one-time link; forgotten once the letter has left.
    pub secret: Option<&'a str>,
    /// When it should leave.
    pub due_at: Time,
}

/// A letter that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub id: i64,
    /// Stable for ever.
    pub message_id: String,
    /// The word of its kind.
    pub kind: String,
    /// To whom.
    pub person: Person,
    /// About which auction.
    pub auction: Option<i64>,
    /// The secret of a one-time link.
    pub secret: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written.
    pub created_at: Time,
}

journal::statements! {
    /// Statements on `letters`.
    pub STATEMENTS;
    INSERT = "INSERT INTO letters (message_id, kind, person, auction, secret, created_at, due_at, tries)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
    DUE = "SELECT id, message_id, kind, person, auction, secret, tries, created_at FROM letters
        WHERE done_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
    NEXT_DUE = "SELECT due_at FROM letters WHERE done_at IS NULL ORDER BY due_at, id LIMIT 1";
    DONE = "UPDATE letters SET done_at = $1, outcome = $2, secret = NULL, tries = tries + 1
        WHERE id = $3 AND done_at IS NULL";
    LATER = "UPDATE letters SET due_at = $1, tries = tries + 1 WHERE id = $2 AND done_at IS NULL";
    LAST = "SELECT max(due_at) FROM letters WHERE auction = $1 AND person = $2 AND kind = $3
        AND (outcome IS NULL OR outcome <> 'dropped')";
    COUNT_WAITING = "SELECT count(*) FROM letters WHERE done_at IS NULL";
    COUNT_OUTCOME = "SELECT count(*) FROM letters WHERE outcome = $1";
    PURGE = "DELETE FROM letters WHERE done_at IS NOT NULL AND done_at <= $1";
}

/// Writes a letter down.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>, now: Time) -> Result<(), Error> {
    let (person, secret) = (new.person.0, new.secret);
    tx.run(&INSERT, args![new.message_id, new.kind, person, new.auction, secret, now.0, new.due_at.0])
        .map(drop)
}

/// Letters that should have left by `now`, longest due first.
pub fn due(tx: &mut Tx<'_>, now: Time, limit: usize) -> Result<Vec<Waiting>, Error> {
    tx.all(&DUE, args![now.0, limit], waiting)
}

/// When the next letter is due.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Time>, Error> {
    tx.one(&NEXT_DUE, &[], |row| row.int(0).map(Time))
}

/// Notes what became of a letter: "sent", "dropped" (no longer true) or "failed".
pub fn done(tx: &mut Tx<'_>, id: i64, outcome: &str, now: Time) -> Result<(), Error> {
    tx.run(&DONE, args![now.0, outcome, id]).map(drop)
}

/// Puts a letter off.
pub fn later(tx: &mut Tx<'_>, id: i64, due_at: Time) -> Result<(), Error> {
    tx.run(&LATER, args![due_at.0, id]).map(drop)
}

/// When the last letter of a kind about an auction was due that was not dropped.
pub fn last(tx: &mut Tx<'_>, auction: i64, person: Person, kind: &str) -> Result<Option<Time>, Error> {
    let last = tx.one(&LAST, args![auction, person.0, kind], |row| row.opt_int(0))?;
    Ok(last.flatten().map(Time))
}

/// How many letters wait.
pub fn count_waiting(tx: &mut Tx<'_>) -> Result<i64, Error> {
    Ok(tx.one(&COUNT_WAITING, &[], |row| row.int(0))?.unwrap_or(0))
}

/// How many letters ended this way.
pub fn count_outcome(tx: &mut Tx<'_>, outcome: &str) -> Result<i64, Error> {
    Ok(tx.one(&COUNT_OUTCOME, args![outcome], |row| row.int(0))?.unwrap_or(0))
}

/// Forgets letters that were done by `until`.
pub fn purge(tx: &mut Tx<'_>, until: Time) -> Result<(), Error> {
    tx.run(&PURGE, args![until.0]).map(drop)
}

fn waiting(row: &Row<'_>) -> Result<Waiting, Error> {
    Ok(Waiting {
        id: row.int(0)?,
        message_id: row.text(1)?,
        kind: row.text(2)?,
        person: Person(row.int(3)?),
        auction: row.opt_int(4)?,
        secret: row.opt_text(5)?,
        tries: row.int(6)? as u32,
        created_at: Time(row.int(7)?),
    })
}
