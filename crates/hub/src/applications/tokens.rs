//! Tokens: each is an application, an origin with a key of its own.

mod table;

pub use table::{Listed, STATEMENTS};

use super::carrier::Carrier;
use crate::Chance;
use crate::key::{PublicKey, SecretKey, hex};
use crate::time::Time;
use journal::{Error, Journal};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// What every token begins with, so that one that leaked is recognised.
const PREFIX: &str = "anukohub_";

/// An application that may send and receive.
#[derive(Debug)]
pub struct Application {
    /// The number of its token.
    pub id: i64,
    /// What its webmaster calls it.
    pub name: String,
    /// The key that signs for it.
    pub key: PublicKey,
    revoked: AtomicBool,
}

impl Application {
    /// Whether its token has become worthless since it was looked up.
    pub fn is_revoked(&self) -> bool {
        self.revoked.load(Ordering::Relaxed)
    }
}

/// A token that was just made: the only moment in which it can be seen.
pub struct Made {
    /// The application.
    pub application: Arc<Application>,
    /// What it sends as a bearer token.
    pub token: String,
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Made({:?})", self.application)
    }
}

type ByHash = HashMap<[u8; 32], Arc<Application>>;

/// All tokens that are worth something. In memory, because every request asks.
pub struct Tokens {
    journal: Journal,
    known: RwLock<ByHash>,
}

impl Tokens {
    /// Reads the tokens and gives their keys to the hub.
    pub async fn open(journal: &Journal, carrier: &dyn Carrier) -> Result<Tokens, Error> {
        let rows = journal.read(table::worth_something).await?;
        let mut known = ByHash::new();
        for row in rows {
            carrier.add_origin(row.key);
            known.insert(row.hash, Arc::new(row.application));
        }
        Ok(Tokens { journal: journal.clone(), known: RwLock::new(known) })
    }

    /// Whose token this is.
    pub fn find(&self, token: &str) -> Option<Arc<Application>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&hash(token)).cloned()
    }

    /// Makes a token with a new key.
    pub async fn create(
        &self,
        carrier: &dyn Carrier,
        name: &str,
        now: Time,
        chance: &dyn Chance,
    ) -> Result<Made, Error> {
        let token = format!("{PREFIX}{}", hex(&chance.secret()));
        let key = SecretKey::from_seed(chance.secret());
        let (hash, public, name) = (hash(&token), key.public(), name.to_owned());
        let (row, seed) = (name.clone(), key.seed());
        let add = move |tx: &mut journal::Tx<'_>| table::add(tx, &row, &hash, &public, &seed, now);
        let id = self.journal.write(add).await?;
        let application = Arc::new(Application { id, name, key: public, revoked: AtomicBool::new(false) });
        carrier.add_origin(key);
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(hash, application.clone());
        Ok(Made { application, token })
    }

    /// Makes a token worthless, at once. `false`: there is none with this number, or it is worthless already.
    pub async fn revoke(&self, carrier: &dyn Carrier, id: i64, now: Time) -> Result<bool, Error> {
        let revoked = self.journal.write(move |tx| table::revoke(tx, id, now)).await?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, application| {
            if application.id == id {
                application.revoked.store(true, Ordering::Relaxed);
                carrier.remove_origin(application.key);
            }
            application.id != id
        });
        Ok(revoked)
    }

    /// All tokens that ever were, the oldest first.
    pub async fn list(&self) -> Result<Vec<Listed>, Error> {
        self.journal.read(table::list).await
    }

    /// The secret key of an application, for its webmaster.
    pub async fn export(&self, id: i64) -> Result<Option<SecretKey>, Error> {
        self.journal.read(move |tx| table::seed(tx, id)).await
    }

    /// The numbers of the tokens, by key.
    pub(super) fn by_key(&self) -> HashMap<PublicKey, i64> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.values().map(|application| (application.key, application.id)).collect()
    }

    /// The application with this number.
    pub(super) fn by_id(&self, id: i64) -> Option<Arc<Application>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.values().find(|application| application.id == id).cloned()
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
