//! Auctions of this site that the network knows: what was told of each, and when something is to be told again.

use crate::sites::bytes32;
use auction::Time;
use journal::{Error, Row, Tx, args};

/// What was told of an auction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The auction.
    pub auction: i64,
    /// Opens what is sealed to the auction; none before the first announcement, and when it was destroyed.
    pub secret: Option<[u8; 32]>,
    /// The version of the listing that was told last; 0 before the first.
    pub version: u32,
    /// Number of the last entry that was told.
    pub last: u32,
    /// The hash of the last message with decisions; zeros before the first.
    pub head: [u8; 32],
}

macro_rules! columns {
    () => {
        "auction, secret, version, last, head"
    };
}

journal::statements! {
    /// Statements on `announced`.
    pub STATEMENTS;
    MARK = "INSERT INTO announced (auction, version, last, head, due_at, lives) VALUES ($1, 0, 0, $2, $3, 0)
        ON CONFLICT (auction) DO UPDATE SET due_at = excluded.due_at";
    MARK_OPEN = "INSERT INTO announced (auction, version, last, head, due_at, lives)
        SELECT id, 0, 0, $1, $2, 0 FROM auctions WHERE phase = 3 AND id NOT IN (SELECT auction FROM announced)";
    FIND = concat!("SELECT ", columns!(), " FROM announced WHERE auction = $1");
    DUE = concat!("SELECT ", columns!(), " FROM announced WHERE due_at IS NOT NULL AND due_at <= $1
        ORDER BY due_at, auction LIMIT $2");
    TOLD = "UPDATE announced SET secret = $1, version = $2, due_at = $3, lives = $4 WHERE auction = $5";
    RULED = "UPDATE announced SET last = $1, head = $2, lives = $3 WHERE auction = $4";
    LIVING = concat!("SELECT ", columns!(), " FROM announced WHERE lives = 1 AND version > 0 ORDER BY auction");
    ASK = "UPDATE announced SET asked_from = $1 WHERE auction = $2 AND last > $1
        AND (asked_from IS NULL OR asked_from > $1)";
    TELL_ALL = "UPDATE announced SET due_at = $1 WHERE lives = 1 AND (due_at IS NULL OR due_at > $1)";
    ASKED = "SELECT auction, asked_from FROM announced WHERE asked_from >= 0
        AND (answered_at IS NULL OR answered_at <= $1) ORDER BY asked_from LIMIT $2";
    ANSWERED = "UPDATE announced SET asked_from = NULL, answered_at = $1 WHERE auction = $2";
}

/// Something of an auction is to be told at this time: it is new, was changed, or was asked for.
pub fn mark(tx: &mut Tx<'_>, auction: i64, due_at: Time) -> Result<(), Error> {
    tx.run(&MARK, args![auction, &[0; 32], due_at.0]).map(drop)
}

/// Everything that is open and that the network was never told of is to be told at this time: the site was alone before.
pub fn mark_open(tx: &mut Tx<'_>, due_at: Time) -> Result<(), Error> {
    tx.run(&MARK_OPEN, args![&[0; 32], due_at.0]).map(drop)
}

/// What was told of an auction; none if the network does not know it.
pub fn find(tx: &mut Tx<'_>, auction: i64) -> Result<Option<Announced>, Error> {
    tx.one(&FIND, args![auction], announced)
}

/// Auctions of which something is to be told by `now`.
pub fn due(tx: &mut Tx<'_>, now: Time, limit: usize) -> Result<Vec<Announced>, Error> {
    tx.all(&DUE, args![now.0, limit], announced)
}

/// The listing was told in this version; it is told again at `again`, or never.
pub fn told(
    tx: &mut Tx<'_>,
    auction: i64,
    secret: &[u8; 32],
    version: u32,
    again: Option<Time>,
) -> Result<(), Error> {
    tx.run(&TOLD, args![secret, version, again.map(|at| at.0), again.is_some(), auction]).map(drop)
}

/// Decisions were told up to this entry, in a message with this hash. `lives`: it is open after that.
pub fn ruled(tx: &mut Tx<'_>, auction: i64, last: u32, head: &[u8; 32], lives: bool) -> Result<(), Error> {
    tx.run(&RULED, args![last, head, lives, auction]).map(drop)
}

/// Auctions that others hold to be open, by number.
pub fn living(tx: &mut Tx<'_>) -> Result<Vec<Announced>, Error> {
    tx.all(&LIVING, args![], announced)
}

/// Somebody lacks the entries of an auction behind this one. Nothing is noted if there are none.
pub fn ask(tx: &mut Tx<'_>, auction: i64, from: u32) -> Result<(), Error> {
    tx.run(&ASK, args![from, auction]).map(drop)
}

/// All open auctions are to be told again.
pub fn tell_all(tx: &mut Tx<'_>, now: Time) -> Result<u64, Error> {
    tx.run(&TELL_ALL, args![now.0])
}

/// What is asked for and was not answered since a time: auctions, each with the entry behind which others lack some.
pub fn asked(tx: &mut Tx<'_>, answered_before: Time, limit: usize) -> Result<Vec<(i64, u32)>, Error> {
    tx.all(&ASKED, args![answered_before.0, limit], |row| Ok((row.int(0)?, row.int(1)? as u32)))
}

/// All who asked for an auction were answered.
pub fn answered(tx: &mut Tx<'_>, auction: i64, now: Time) -> Result<(), Error> {
    tx.run(&ANSWERED, args![now.0, auction]).map(drop)
}

fn announced(row: &Row<'_>) -> Result<Announced, Error> {
    Ok(Announced {
        auction: row.int(0)?,
        secret: row.opt_blob_ref(1)?.map(bytes32).transpose()?,
        version: row.int(2)? as u32,
        last: row.int(3)? as u32,
        head: bytes32(row.blob_ref(4)?)?,
    })
}
