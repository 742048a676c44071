//! Letters into memory, for tests and measurements.

use super::Mail;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A measurement writes a letter for every bid: the newest ones are enough to look at.
const LETTERS_MAX: usize = 1000;

/// The newest letters, and how many there have been.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    letters: VecDeque<Mail>,
    count: u64,
}

impl Memory {
    pub(super) fn keep(&self, mail: Mail) {
        let mut kept = self.kept();
        kept.count += 1;
        if kept.letters.len() == LETTERS_MAX {
            kept.letters.pop_front();
        }
        kept.letters.push_back(mail);
    }

    /// The newest letters, oldest first.
    pub fn letters(&self) -> Vec<Mail> {
        self.kept().letters.iter().cloned().collect()
    }

    /// How many letters there have been.
    pub fn count(&self) -> u64 {
        self.kept().count
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sink::mail;
    use super::*;

    #[test]
    fn all_are_counted_and_the_newest_kept() {
        let memory = Memory::default();
        for number in 0..=LETTERS_MAX {
            memory.keep(mail(&format!("{number}@a")));
        }
        let letters = memory.letters();
        assert_eq!((memory.count(), letters.len()), (1001, LETTERS_MAX));
        assert_eq!(letters[0].message_id, "1@a");
    }
}
