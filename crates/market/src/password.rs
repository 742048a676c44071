//! Passwords: Argon2id, off the async threads, a few at a time.

use crate::{Chance, Refusal};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Shorter ones are guessed. NIST SP 800-63B asks for 8 at least.
pub(crate) const SHORTEST: usize = 8;

/// Longer ones cost time to hash and protect nobody better.
pub(crate) const LONGEST: usize = 256;

/// Each hash takes 19 MiB and some 20 ms of a core; more than this at once would starve the rest.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// The cost that OWASP's password storage cheat sheet gives for Argon2id: 19 MiB, two passes, one lane.
static ARGON2: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// Says what is wrong with a new password.
pub(crate) fn check(password: &str) -> Result<(), &'static str> {
    match password.chars().count() {
        n if n < SHORTEST => Err("too_short"),
        n if n > LONGEST => Err("too_long"),
        _ => Ok(()),
    }
}

/// Hashes a password, in PHC form.
pub(crate) async fn hash(password: String, chance: Arc<dyn Chance>) -> Result<String, Refusal> {
    let mut salt = [0; 16];
    chance.fill(&mut salt);
    let hashed = blocking(move || {
        let hash = ARGON2.hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
    });
    hashed.await?.map_err(Refusal::Failed)
}

/// Whether the password is the one that was hashed. Without a hash it takes as long and says no, so that
/// nobody learns from the time whether an account exists.
pub(crate) async fn verify(password: String, hashed: Option<String>) -> Result<bool, Refusal> {
    blocking(move || {
        let known = hashed.as_deref().and_then(|text| PasswordHash::new(text).ok());
        match known {
            Some(hash) => ARGON2.verify_password(password.as_bytes(), &hash).is_ok(),
            None => {
                let _ = ARGON2.hash_password_with_salt(password.as_bytes(), &[0; 16]);
                false
            }
        }
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| Refusal::Failed(error.to_string()))?;
    spawn_blocking(work).await.map_err(|error| Refusal::Failed(error.to_string()))
}
