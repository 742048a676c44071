//! The only place of a hub that asks the system for randomness: nonces, names of logs, jitter, checks of many signatures.

use rand_core::{TryCryptoRng, TryRng};
use std::convert::Infallible;

/// Gives random bytes. Everything else gets them handed in.
pub trait Chance: Send + Sync {
    /// Fills the whole slice.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Chance + '_ {
    /// Any number.
    pub fn number(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_ne_bytes(bytes)
    }

    /// Thirty-two bytes that nobody guesses.
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}

/// The system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[allow(clippy::disallowed_methods, reason = "this is the front door of chance")]
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no proof is safe, and the system has never failed to give it once it runs.
        assert!(getrandom::fill(bytes).is_ok(), "the system gives no randomness");
    }
}

/// Chance, as checking many signatures at once wants it.
pub(crate) struct Dice<'a>(pub(crate) &'a dyn Chance);

impl TryRng for Dice<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.number() as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.number())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Dice<'_> {}
