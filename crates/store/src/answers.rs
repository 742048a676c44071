//! Answers to commands that are no bids, kept so that a repetition has no second effect.

use auction::{CommandId, Person, Time};
use journal::{Error, Tx, args};

/// A stored answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// SHA-256 of what was asked.
    pub content: Vec<u8>,
    /// What was answered, in the form that the action reads back.
    pub result: String,
}

journal::statements! {
    /// Statements on `answers`.
    pub STATEMENTS;
    FIND = "SELECT content, result FROM answers WHERE person = $1 AND command = $2";
    KEEP = "INSERT INTO answers (person, command, content, at, result) VALUES ($1, $2, $3, $4, $5)";
    PURGE = "DELETE FROM answers WHERE at <= $1";
}

/// The answer already given to this person under this id.
pub fn find(tx: &mut Tx<'_>, person: Person, id: CommandId) -> Result<Option<Answer>, Error> {
    tx.one(&FIND, args![person.0, &id.0], |row| Ok(Answer { content: row.blob(0)?, result: row.text(1)? }))
}

/// Keeps an answer.
pub fn keep(
    tx: &mut Tx<'_>,
    person: Person,
    id: CommandId,
    content: &[u8; 32],
    result: &str,
    now: Time,
) -> Result<(), Error> {
    tx.run(&KEEP, args![person.0, &id.0, content, now.0, result]).map(drop)
}

/// Forgets answers given by `until`.
pub fn purge(tx: &mut Tx<'_>, until: Time) -> Result<(), Error> {
    tx.run(&PURGE, args![until.0]).map(drop)
}
