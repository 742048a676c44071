//! What is known of events whose rows are not written yet, and of which there may be rows.

use super::filter::Filter;
use super::table::Receipt;
use super::ticket::{Row, Slot, State};
use super::{Content, EventKey, REMEMBERED};
use crate::time::Time;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// An event as it was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) key: EventKey,
    pub(super) content: Content,
    pub(super) index: u16,
}

/// An envelope of an application: the number of its token, epoch and number.
pub(super) type OfToken = (i64, u64, u64);

/// What was heard of an event before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Past {
    /// Nothing: nobody has sent it.
    None,
    /// It may have a row.
    Unknown,
    /// Somebody tried to send it, and whether it is in the log must be read there.
    Doubtful,
}

/// What came of asking for an event.
pub(super) enum Taken {
    Ours(Past),
    Answered(Receipt),
    Reused,
    Busy(watch::Receiver<State>),
}

/// Events of which the table does not tell yet.
pub(super) struct Recent {
    slots: HashMap<EventKey, Slot>,
    /// Those of envelopes that the reader has not come to, so that it need not look into them.
    posted: HashMap<OfToken, Vec<Sent>>,
    pub(super) filter: Filter,
}

impl Recent {
    pub(super) fn new(now: Time) -> Recent {
        Recent { slots: HashMap::new(), posted: HashMap::new(), filter: Filter::new(now) }
    }

    /// Takes an event to send it, unless somebody else is sending it, or did.
    pub(super) fn take(&mut self, key: EventKey, content: Content) -> Taken {
        let Some(slot) = self.slots.get_mut(&key) else {
            self.slots.insert(key, Slot::sending(content));
            return Taken::Ours(if self.filter.excludes(&key) { Past::None } else { Past::Unknown });
        };
        if slot.content != content {
            return Taken::Reused;
        }
        match slot.state() {
            State::Answered(receipt) => Taken::Answered(receipt),
            State::Sending => Taken::Busy(slot.watch()),
            State::Doubtful => {
                slot.tell(State::Sending);
                Taken::Ours(Past::Doubtful)
            }
        }
    }

    /// An event is in the log.
    pub(super) fn answered(&mut self, key: EventKey, receipt: Receipt) {
        let Some(slot) = self.slots.get_mut(&key) else { return };
        slot.tell(State::Answered(receipt));
        match slot.row {
            Row::Unread => {
                let sent = Sent { key, content: slot.content, index: receipt.index };
                self.posted.entry((key.token, receipt.epoch, receipt.number)).or_default().push(sent);
            }
            Row::Read => {}
            Row::Kept => drop(self.slots.remove(&key)),
        }
    }

    /// An event was certainly not sent.
    pub(super) fn withdraw(&mut self, key: &EventKey) {
        self.slots.remove(key);
    }

    /// Nobody said what came of an event.
    pub(super) fn doubt(&mut self, key: &EventKey) {
        if let Some(slot) = self.slots.get_mut(key) {
            slot.tell(State::Doubtful);
        }
    }

    /// The reader comes to an envelope of so many messages: its events, if all of them are known.
    pub(super) fn come_to(&mut self, envelope: OfToken, messages: usize) -> Option<Vec<Sent>> {
        self.posted.remove(&envelope).filter(|sent| sent.len() == messages)
    }

    /// The reader has found an event in the log by itself.
    pub(super) fn read(&mut self, key: &EventKey) {
        if let Some(slot) = self.slots.get_mut(key) {
            slot.row = Row::Read;
        }
    }

    /// An event has its row.
    pub(super) fn keep(&mut self, key: &EventKey) {
        self.filter.add(key);
        if let Some(slot) = self.slots.get_mut(key) {
            slot.row = Row::Kept;
            // Who is sending it will say more.
            if slot.state() != State::Sending {
                self.slots.remove(key);
            }
        }
    }

    /// The log was read: what is in doubt is not there, or has its row.
    pub(super) fn forget_old(&mut self, now: Time) {
        self.slots.retain(|_, slot| slot.state() != State::Doubtful);
        self.filter.forget(now, REMEMBERED);
    }
}

pub(super) fn lock(recent: &Mutex<Recent>) -> MutexGuard<'_, Recent> {
    recent.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::answers::Ticket;
    use std::sync::Arc;

    const RECEIPT: Receipt = Receipt { epoch: 1, number: 7, index: 0 };
    const ENVELOPE: OfToken = (1, 1, 7);

    fn key(number: u8) -> EventKey {
        EventKey { token: 1, event: [number; 16] }
    }

    fn recent() -> Recent {
        let mut recent = Recent::new(Time(0));
        recent.filter.complete();
        recent
    }

    fn past(taken: Taken) -> Option<Past> {
        if let Taken::Ours(past) = taken { Some(past) } else { None }
    }

    #[test]
    fn only_of_an_event_that_may_have_a_row_the_table_is_asked() {
        let mut recent = recent();
        assert_eq!(past(recent.take(key(1), [0; 16])), Some(Past::None));
        recent.answered(key(1), RECEIPT);
        assert!(matches!(recent.take(key(1), [0; 16]), Taken::Answered(RECEIPT)));
        assert!(matches!(recent.take(key(1), [1; 16]), Taken::Reused));
        recent.keep(&key(1));
        assert_eq!(past(recent.take(key(1), [0; 16])), Some(Past::Unknown));
        assert_eq!(past(Recent::new(Time(0)).take(key(1), [0; 16])), Some(Past::Unknown));
    }

    #[test]
    fn the_reader_is_told_of_an_envelope_once_all_its_events_are_known() {
        let mut recent = recent();
        (1..=2).for_each(|number| drop(recent.take(key(number), [number; 16])));
        recent.answered(key(1), RECEIPT);
        // It comes too early: it looks for itself, and is not told later.
        assert_eq!(recent.come_to(ENVELOPE, 2), None);
        (1..=2).for_each(|number| recent.read(&key(number)));
        recent.answered(key(2), Receipt { index: 1, ..RECEIPT });
        assert!(recent.posted.is_empty());
        let next = Receipt { number: 8, ..RECEIPT };
        recent.take(key(3), [3; 16]);
        recent.answered(key(3), next);
        assert_eq!(
            recent.come_to((1, 1, 8), 1),
            Some(vec![Sent { key: key(3), content: [3; 16], index: 0 }])
        );
        (1..=3).for_each(|number| recent.keep(&key(number)));
        assert!(recent.slots.is_empty());
    }

    #[test]
    fn an_event_of_which_nobody_says_what_came_of_it_is_in_doubt_until_the_log_was_read() {
        let shared = Arc::new(Mutex::new(recent()));
        let take = || past(lock(&shared).take(key(1), [0; 16]));
        let ticket = || Ticket::new(key(1), shared.clone());
        assert_eq!(take(), Some(Past::None));
        drop(ticket());
        assert_eq!(take(), Some(Past::Doubtful));
        ticket().withdraw();
        assert_eq!(take(), Some(Past::None));
        drop(ticket());
        lock(&shared).forget_old(Time(1));
        assert_eq!(take(), Some(Past::None));
    }
}
