//! What went wrong last with each neighbour, in words.

use crate::key::PublicKey;
use crate::time::Time;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More than there are neighbours. Only somebody who makes keys comes that far, and must not fill the memory.
const MOST: usize = 10_000;

/// Why the last link with a neighbour ended, or did not come to be.
#[derive(Debug, Default)]
pub(crate) struct Failures(Mutex<HashMap<PublicKey, (Time, String)>>);

impl Failures {
    /// What went wrong last, and when; nothing since there is a link again.
    pub(crate) fn of(&self, key: PublicKey) -> Option<(Time, String)> {
        self.all().get(&key).cloned()
    }

    pub(super) fn note(&self, key: PublicKey, now: Time, why: String) {
        let mut all = self.all();
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, (now, why));
    }

    pub(super) fn clear(&self, key: PublicKey) {
        self.all().remove(&key);
    }

    // No code that can panic runs under this lock.
    fn all(&self) -> MutexGuard<'_, HashMap<PublicKey, (Time, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
