//! Who dialled and got no link: how many, and why.

use super::greeting::NoLink;
use crate::frame::Reason;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many proofs are remembered, to tell one that is shown again from one that is wrong.
const PROOFS: usize = 256;

/// Greetings that were refused since the start, by reason.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    counts: BTreeMap<&'static str, u64>,
    proofs: VecDeque<[u8; 64]>,
}

impl Refusals {
    /// All reasons, whether they occurred or not, so that a counter is there before it counts.
    pub(crate) fn look(&self) -> BTreeMap<&'static str, u64> {
        let mut counts: BTreeMap<_, _> = CODES.into_iter().map(|code| (code, 0)).collect();
        counts.extend(&self.inner().counts);
        counts
    }

    /// One was refused.
    pub(super) fn count(&self, code: &'static str) {
        *self.inner().counts.entry(code).or_default() += 1;
    }

    /// A proof was right.
    pub(super) fn remember(&self, proof: [u8; 64]) {
        let mut inner = self.inner();
        inner.proofs.truncate(PROOFS - 1);
        inner.proofs.push_front(proof);
    }

    /// Why a proof is none: it was one before, or it never was.
    pub(super) fn of_proof(&self, proof: &[u8; 64]) -> NoLink {
        if self.inner().proofs.contains(proof) { NoLink::Replayed } else { NoLink::NotProved }
    }

    // No code that can panic runs under this lock.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// It does not speak this version of the protocol.
pub(super) const VERSION: &str = "version";

/// Too many at once had not said who they are.
pub(super) const TOO_MANY: &str = "too_many";

const CODES: [&str; 11] = [
    "busy",
    "late",
    "malformed",
    "not_allowed",
    "not_approved",
    "not_proved",
    "replayed",
    "too_large",
    TOO_MANY,
    VERSION,
    "wrong_host",
];

/// The stable code of what is said to who has proved who he is, and may not link.
pub(super) fn turned_away(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Busy => Some("busy"),
        Reason::NotAllowed => Some("not_allowed"),
        Reason::NotApproved => Some("not_approved"),
        _ => None,
    }
}

impl NoLink {
    /// The stable code of a refusal; `None` if the other side has ended it.
    pub(super) fn code(&self) -> Option<&'static str> {
        match self {
            NoLink::Gone | NoLink::TurnedAway(_) => None,
            NoLink::Late => Some("late"),
            NoLink::Malformed => Some("malformed"),
            NoLink::TooLarge => Some("too_large"),
            NoLink::WrongHost => Some("wrong_host"),
            NoLink::Replayed => Some("replayed"),
            NoLink::NotProved | NoLink::OtherKey(_) => Some("not_proved"),
        }
    }
}
