//! The only place of the hub that asks the system for randomness: keys, tokens, secrets, jitter.

use std::sync::atomic::{AtomicU64, Ordering};

/// Gives random bytes. Everything else gets them handed in.
pub trait Chance: Send + Sync {
    /// Fills the whole slice.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Chance + '_ {
    /// 32 random bytes: nobody guesses these.
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }

    /// Any number.
    pub fn number(&self) -> u32 {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        u32::from_be_bytes(bytes)
    }
}

/// The system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[allow(clippy::disallowed_methods, reason = "this is the front door of chance")]
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness no secret is safe, and the system has never failed to give it once it runs.
        assert!(getrandom::fill(bytes).is_ok(), "the system gives no randomness");
    }
}

/// The same "chance" every time: for tests and stories.
#[derive(Debug, Default)]
pub struct SetChance(AtomicU64);

impl Chance for SetChance {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let n = self.0.fetch_add(1, Ordering::SeqCst).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            chunk.copy_from_slice(&(n ^ (n >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}
