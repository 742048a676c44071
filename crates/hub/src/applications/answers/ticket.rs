//! An event that is being sent.

use super::table::Receipt;
use super::{EventKey, Recent, lock};
use std::sync::Arc;
use tokio::sync::watch;

/// What is known of an event whose row may not be written yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Somebody is sending it.
    Sending,
    /// It is in the log.
    Answered(Receipt),
    /// Nobody knows whether it is in the log.
    Doubtful,
}

/// The place of one event among the recent ones.
pub(super) struct Slot {
    pub(super) content: [u8; 32],
    state: watch::Sender<State>,
    /// The reader has written its row.
    is_kept: bool,
}

impl Slot {
    pub(super) fn sending(content: [u8; 32]) -> Slot {
        Slot { content, state: watch::channel(State::Sending).0, is_kept: false }
    }

    pub(super) fn state(&self) -> State {
        *self.state.borrow()
    }

    pub(super) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    pub(super) fn tell(&self, state: State) {
        self.state.send_replace(state);
    }

    /// Its row is written; whether it need not be remembered here any more.
    pub(super) fn keep(&mut self) -> bool {
        self.is_kept = true;
        matches!(self.state(), State::Answered(_))
    }
}

/// The right to send an event. If nobody says what came of it, it is in doubt.
pub struct Ticket {
    key: EventKey,
    recent: Arc<Recent>,
    is_settled: bool,
}

impl Ticket {
    pub(super) fn new(key: EventKey, recent: Arc<Recent>) -> Ticket {
        Ticket { key, recent, is_settled: false }
    }

    /// It is in the log.
    pub fn answered(mut self, receipt: Receipt) {
        self.is_settled = true;
        let mut recent = lock(&self.recent);
        if let Some(slot) = recent.get(&self.key) {
            slot.tell(State::Answered(receipt));
            if slot.is_kept {
                recent.remove(&self.key);
            }
        }
    }

    /// It was certainly not sent. Whoever waited for it may try.
    pub fn withdraw(mut self) {
        self.is_settled = true;
        lock(&self.recent).remove(&self.key);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.is_settled
            && let Some(slot) = lock(&self.recent).get(&self.key)
        {
            slot.tell(State::Doubtful);
        }
    }
}
