//! Each envelope names the one before it by its hash. Where that does not hold, the origin has signed two stories.

use crate::envelope::{Envelope, Hash};
use crate::time::Time;
use std::collections::{BTreeMap, VecDeque};

/// So many hashes are remembered to recognise another envelope under a number that was taken.
const RECENT_MOST: usize = 64;

/// What must fit together in one stream. Only the ends of runs are kept: inside a run all was compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// Numbers whose follower has not come: their hash and time.
    ends: BTreeMap<u64, (Hash, Time)>,
    /// Numbers whose predecessor has not come: the hash that they name, and their time.
    starts: BTreeMap<u64, (Hash, Time)>,
    recent: VecDeque<(u64, Hash)>,
}

impl Chain {
    /// A chain that ends here, as after a restart, and goes on behind a gap.
    pub(super) fn restored(last: Option<(u64, Hash, Time)>, early: Option<(u64, Hash, Time)>) -> Chain {
        let map = |end: Option<(u64, Hash, Time)>| {
            end.into_iter().map(|(number, hash, time)| (number, (hash, time))).collect()
        };
        Chain { ends: map(last), starts: map(early), ..Chain::default() }
    }

    /// The hash of an envelope that was taken not long ago.
    pub(super) fn hash_of(&self, number: u64) -> Option<&Hash> {
        let recent = self.recent.iter().rev().find(|(known, _)| *known == number);
        recent.map(|(_, hash)| hash).or_else(|| self.ends.get(&number).map(|(hash, _)| hash))
    }

    /// The hash that contradicts this envelope, if one does: of the one before it, or its own as the one after names it.
    pub(super) fn contradicts(&self, envelope: &Envelope) -> Option<Hash> {
        let number = envelope.number();
        if let Some((hash, time)) = self.ends.get(&(number - 1))
            && (hash != envelope.previous() || *time > envelope.time())
        {
            return Some(*hash);
        }
        let (named, time) = self.starts.get(&(number + 1))?;
        (named != envelope.hash() || *time < envelope.time()).then_some(*named)
    }

    /// Takes an envelope that contradicts nothing.
    pub(super) fn add(&mut self, envelope: &Envelope) {
        let number = envelope.number();
        if self.ends.remove(&(number - 1)).is_none() && number > 1 {
            self.starts.insert(number, (*envelope.previous(), envelope.time()));
        }
        if self.starts.remove(&(number + 1)).is_none() {
            self.ends.insert(number, (*envelope.hash(), envelope.time()));
        }
        self.recent.push_back((number, *envelope.hash()));
        if self.recent.len() > RECENT_MOST {
            self.recent.pop_front();
        }
    }

    /// The greatest number whose predecessor has not come and that was signed before a time.
    pub(super) fn last_start_before(&self, time: Time) -> Option<u64> {
        let mut old = self.starts.iter().rev().filter(|(_, (_, signed))| *signed < time);
        old.next().map(|(number, _)| *number)
    }

    /// Forgets what waited for numbers that will not come.
    pub(super) fn give_up(&mut self, first: u64, last: u64) {
        self.ends.remove(&first.saturating_sub(1));
        self.starts.remove(&last.saturating_add(1));
    }
}
