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

/// Chance, as checking many signatures at once wants it: often, and little at a time.
pub(crate) struct Dice<'a> {
    chance: &'a dyn Chance,
    drawn: [u8; 512],
    used: usize,
}

impl<'a> Dice<'a> {
    pub(crate) fn new(chance: &'a dyn Chance) -> Dice<'a> {
        Dice { chance, drawn: [0; 512], used: 512 }
    }

    fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            if self.used == self.drawn.len() {
                self.chance.fill(&mut self.drawn);
                self.used = 0;
            }
            *byte = self.drawn[self.used];
            self.used += 1;
        }
    }
}

impl TryRng for Dice<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_ne_bytes(self.draw()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_ne_bytes(self.draw()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Dice<'_> {}
