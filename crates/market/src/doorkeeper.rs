//! Who holds this key? Remembers the answer for a moment, because it is asked with every request.

use crate::secret::{self, TOKEN_PREFIX};
use crate::{Identity, Market, Refusal, Role, Scopes};
use auction::{Span, Time};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock};
use store::keys::{self, Holder};

/// A key that another process has revoked works here for so long at most. Asking with every request would make the
/// bids of a crowd a tenth slower.
const REMEMBER: Span = Span::seconds(5);

/// More keys than this are not remembered at once.
const REMEMBER_MOST: usize = 100_000;

#[derive(Default)]
struct Known {
    keys: HashMap<[u8; 32], Remembered>,
    /// How often everything was forgotten: what was read before that is not remembered after it.
    forgotten: u64,
}

struct Remembered {
    identity: Identity,
    until: Time,
}

/// Remembers keys, and counts attempts to sign in.
pub(crate) struct Doorkeeper {
    known: RwLock<Known>,
    attempts: Mutex<HashMap<String, (Time, u32)>>,
    attempts_most: u32,
}

impl Doorkeeper {
    pub(crate) fn new(attempts_most: u32) -> Doorkeeper {
        Doorkeeper { known: RwLock::default(), attempts: Mutex::default(), attempts_most }
    }

    /// Who holds the key, if that is remembered; else how often everything was forgotten so far.
    fn recall(&self, hash: &[u8; 32], now: Time) -> Result<Identity, u64> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let held = known.keys.get(hash).filter(|held| held.until > now);
        held.map(|held| held.identity.clone()).ok_or(known.forgotten)
    }

    /// Remembers what was read when everything had been forgotten so often.
    fn remember(&self, hash: [u8; 32], identity: Identity, until: Time, forgotten: u64) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.forgotten != forgotten {
            return;
        }
        if known.keys.len() >= REMEMBER_MOST {
            known.keys.clear();
        }
        known.keys.insert(hash, Remembered { identity, until });
    }

    /// Forgets everything: after a key was revoked or an account changed.
    pub(crate) fn forget(&self) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.keys.clear();
        known.forgotten += 1;
    }

    /// Counts what makes a letter to an address; refuses when there was too much of it in this minute.
    pub(crate) fn letter(&self, email_key: &str, now: Time) -> Result<(), Refusal> {
        // Not counted together: who guesses must not keep the owner from a new password.
        self.attempt(&format!("letter {email_key}"), now)
    }

    /// Counts an attempt on an address; refuses when there were too many in this minute.
    pub(crate) fn attempt(&self, email_key: &str, now: Time) -> Result<(), Refusal> {
        if self.attempts_most == 0 {
            return Ok(());
        }
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.retain(|_, (since, _)| now - *since < Span::minutes(1));
        let (since, count) = attempts.entry(email_key.to_owned()).or_insert((now, 0));
        *count += 1;
        if *count > self.attempts_most {
            let wait = Span::minutes(1).0 - (now - *since).0;
            return Err(Refusal::TooMany { retry_after_seconds: (wait / 1_000_000).max(1) as u64 });
        }
        Ok(())
    }
}

impl Market {
    /// Who holds this key: a personal token or the secret of a session.
    pub async fn identify(&self, key: &str) -> Result<Identity, Refusal> {
        let hash = secret::hash(key);
        let now = self.clock.now();
        let forgotten = match self.doorkeeper.recall(&hash, now) {
            Ok(identity) => return Ok(identity),
            Err(forgotten) => forgotten,
        };
        let is_token = key.starts_with(TOKEN_PREFIX);
        let holder = self
            .read(move |tx| {
                let found = if is_token { keys::token(tx, &hash) } else { keys::session(tx, &hash, now) };
                found.map_err(Refusal::from)
            })
            .await?
            .ok_or(Refusal::SignInNeeded)?;
        let until = holder.expires_at.map_or(now + REMEMBER, |end| end.min(now + REMEMBER));
        let identity = identity(holder)?;
        self.doorkeeper.remember(hash, identity.clone(), until, forgotten);
        Ok(identity)
    }
}

fn identity(holder: Holder) -> Result<Identity, Refusal> {
    let broken = |what: &str| Refusal::Failed(format!("unreadable {what} of an account"));
    let scopes = match &holder.scopes {
        Some(words) => Scopes::parse(words).ok_or_else(|| broken("scopes"))?,
        None => Scopes::ALL,
    };
    Ok(Identity {
        person: holder.person,
        name: holder.name,
        role: holder.role.parse().map_err(|_| broken("role"))?,
        scopes,
        suspended: holder.suspended,
    })
}

impl Role {
    /// The role of an account in the store; the least if it is unreadable.
    pub(crate) fn of(account: &store::people::Account) -> Role {
        account.role.parse().unwrap_or(Role::User)
    }
}
