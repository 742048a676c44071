//! What happened, as one hash: two runs of one seed tell the same story, byte for byte.

use sha2::{Digest, Sha256};
use std::fmt::Debug;

/// What happened so far.
#[derive(Clone, Debug, Default)]
pub struct Story {
    hash: Sha256,
    lines: u64,
    /// Print each line.
    pub aloud: bool,
}

impl Story {
    /// Something happened.
    pub fn tell(&mut self, time: u64, what: &dyn Debug) {
        let line = format!("{time} {what:?}\n");
        if self.aloud {
            eprint!("{line}");
        }
        self.hash.update(line.as_bytes());
        self.lines += 1;
    }

    /// All of it.
    pub fn hash(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// How many things happened.
    pub fn lines(&self) -> u64 {
        self.lines
    }
}
