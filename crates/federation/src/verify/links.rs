//! Whether the rulings hang together: numbers without holes, each naming the hash of those before.

use super::collect::Found;
use super::{Gap, Reason, Report};
use crate::chain;
use crate::wire::{Hash, Ruling, Rulings};

/// A message of rulings with the chain head after it.
pub(super) struct Linked<'a> {
    pub(super) rulings: &'a Rulings,
    pub(super) head: Hash,
}

/// The rulings from the first entry on, as far as there is no hole.
pub(super) struct History<'a> {
    pub(super) messages: Vec<Linked<'a>>,
    /// There are later ones behind a hole.
    pub(super) is_torn: bool,
}

impl<'a> History<'a> {
    /// All entries in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a Ruling> + use<'a, '_> {
        self.messages.iter().flat_map(|message| &message.rulings.entries)
    }

    /// The entry of this number.
    pub(super) fn entry(&self, n: u32) -> Option<&'a Ruling> {
        let rulings = self.holding(n)?.rulings;
        rulings.entries.get(n.checked_sub(rulings.first())? as usize)
    }

    /// The message whose last entry this is.
    pub(super) fn ending_with(&self, last: u32) -> Option<&Linked<'a>> {
        self.holding(last).filter(|message| message.rulings.last() == last)
    }

    fn holding(&self, n: u32) -> Option<&Linked<'a>> {
        self.messages.get(self.messages.partition_point(|message| message.rulings.last() < n))
    }
}

pub(super) fn link<'a>(found: &'a Found, report: &mut Report) -> History<'a> {
    let mut rulings: Vec<&(Rulings, String)> = found.rulings.iter().collect();
    rulings.sort_by(|one, other| (one.0.first(), &one.1).cmp(&(other.0.first(), &other.1)));
    rulings.dedup_by(|one, other| one.1 == other.1);
    if rulings.is_empty() {
        report.gap(None, Gap::NoRulings);
    }
    let mut history = History { messages: Vec::new(), is_torn: false };
    let (mut next, mut head) = (1, Hash::ZERO);
    for (rulings, data) in rulings {
        follow(rulings, next, head, &mut history, report);
        head = chain::head(data);
        next = rulings.last().saturating_add(1);
        if !history.is_torn {
            history.messages.push(Linked { rulings, head });
        }
    }
    arrivals(&history, report);
    history
}

/// Compares a message with where the one before it ended.
fn follow(rulings: &Rulings, next: u32, head: Hash, history: &mut History<'_>, report: &mut Report) {
    let first = rulings.first();
    if first < next {
        report.fault(Some(first), Reason::Contradiction);
        history.is_torn = true;
    } else if first > next && rulings.previous == head {
        report.fault(Some(first), Reason::Hole);
        history.is_torn = true;
    } else if first > next {
        report.gap(Some(next), Gap::Missing(first - 1));
        history.is_torn = true;
    } else if rulings.previous != head {
        report.fault(Some(first), Reason::Chain);
        history.is_torn = true;
    }
}

fn arrivals(history: &History<'_>, report: &mut Report) {
    let entries: Vec<&Ruling> = history.entries().collect();
    for pair in entries.windows(2).filter(|pair| pair[1].at < pair[0].at) {
        report.fault(Some(pair[1].n), Reason::Arrival);
    }
}
