//! One decision of the origin.

use crate::{Actor, Amount, Command, CommandId, Deed, Refusal, Standing, Time};

/// A decision, numbered per auction without holes: the bid, its receipt and the answer to a repetition in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 … within the auction.
    pub number: u32,
    /// Arrival: when it was taken up, never before the entry before it.
    pub at: Time,
    /// Who asked.
    pub by: Actor,
    /// The asker's id of the command.
    pub id: CommandId,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// What was asked.
    pub deed: Deed,
    /// The amount of the deed in minor units, where it has one that is whole.
    pub amount: Option<Amount>,
    /// The answer.
    pub verdict: Verdict,
    /// Numbers of the offers that it took away.
    pub removed: Box<[u32]>,
    /// How the auction stands after it.
    pub after: Standing,
}

/// The answer of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It took effect.
    Accepted,
    /// It did not, and nothing changed.
    Refused(Refusal),
}

impl Entry {
    /// Whether `command` is this one again: the same content under the same id.
    pub fn answers(&self, command: &Command) -> bool {
        self.by == command.by && self.version == command.version && self.deed == command.deed
    }

    /// Whether it took effect.
    pub fn accepted(&self) -> bool {
        self.verdict == Verdict::Accepted
    }
}
