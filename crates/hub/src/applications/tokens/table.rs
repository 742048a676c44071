//! The table `tokens`.

use super::Application;
use crate::key::{PublicKey, SecretKey};
use crate::time::Time;
use journal::{Error, Row, Tx, args};
use std::sync::atomic::AtomicBool;

/// A token as its webmaster sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// The key that signs for it.
    pub key: PublicKey,
    /// When it was made.
    pub created_at: Time,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}

/// A token that is worth something.
pub(super) struct Kept {
    pub(super) hash: [u8; 32],
    pub(super) key: SecretKey,
    pub(super) application: Application,
}

journal::statements! {
    /// Statements on `tokens`.
    pub STATEMENTS;
    ADD = "INSERT INTO tokens (name, hash, key, seed, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    WORTH = "SELECT id, name, hash, seed FROM tokens WHERE revoked_at IS NULL ORDER BY id";
    LIST = "SELECT id, name, key, created_at, revoked_at FROM tokens ORDER BY id";
    SEED = "SELECT seed FROM tokens WHERE id = $1";
    REVOKE = "UPDATE tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
}

pub(super) fn add(
    tx: &mut Tx<'_>,
    name: &str,
    hash: &[u8; 32],
    key: &PublicKey,
    seed: &[u8; 32],
    now: Time,
) -> Result<i64, Error> {
    let id = tx.one(&ADD, args![name, hash, key.bytes(), seed, now.0 as i64], |row| row.int(0))?;
    id.ok_or(Error::Unknown)
}

pub(super) fn worth_something(tx: &mut Tx<'_>) -> Result<Vec<Kept>, Error> {
    tx.all(&WORTH, args![], |row| {
        let key = SecretKey::from_seed(array(row, 3)?);
        let (id, name, revoked) = (row.int(0)?, row.text(1)?, AtomicBool::new(false));
        let application = Application { id, name, key: key.public(), revoked };
        Ok(Kept { hash: array(row, 2)?, key, application })
    })
}

pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<Listed>, Error> {
    tx.all(&LIST, args![], |row| {
        Ok(Listed {
            id: row.int(0)?,
            name: row.text(1)?,
            key: PublicKey::trusted(array(row, 2)?),
            created_at: Time(row.int(3)? as u64),
            revoked_at: row.opt_int(4)?.map(|at| Time(at as u64)),
        })
    })
}

pub(super) fn seed(tx: &mut Tx<'_>, id: i64) -> Result<Option<SecretKey>, Error> {
    tx.one(&SEED, args![id], |row| array(row, 0).map(SecretKey::from_seed))
}

pub(super) fn revoke(tx: &mut Tx<'_>, id: i64, now: Time) -> Result<bool, Error> {
    Ok(tx.run(&REVOKE, args![now.0 as i64, id])? > 0)
}

fn array(row: &Row<'_>, column: usize) -> Result<[u8; 32], Error> {
    row.blob_ref(column)?.try_into().map_err(|_| Error::Corrupt("a key is not 32 bytes long".into()))
}
