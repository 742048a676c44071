//! Chance for a site, from the seed.

use crate::chance::Chance;
use std::sync::{Mutex, PoisonError};

/// The same "chance" for the same seed.
pub(super) struct Seeded(Mutex<Chance>);

impl Seeded {
    pub(super) fn of(seed: u64) -> Seeded {
        Seeded(Mutex::new(Chance::of(seed)))
    }
}

impl market::Chance for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bytes.fill_with(|| chance.below(256) as u8);
    }
}
