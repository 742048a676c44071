//! An event that is being sent.

use super::recent::{Recent, lock};
use super::table::Receipt;
use super::{Content, EventKey};
use std::sync::{Arc, Mutex};
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

/// How far the reader is with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Unread,
    Read,
    Kept,
}

/// The place of one event among the recent ones.
pub(super) struct Slot {
    pub(super) content: Content,
    pub(super) row: Row,
    state: State,
    /// Tells those who wait for what comes of it; hardly ever there are any.
    waiting: Option<watch::Sender<State>>,
}

impl Slot {
    pub(super) fn sending(content: Content) -> Slot {
        Slot { content, row: Row::Unread, state: State::Sending, waiting: None }
    }

    pub(super) fn state(&self) -> State {
        self.state
    }

    pub(super) fn watch(&mut self) -> watch::Receiver<State> {
        self.waiting.get_or_insert_with(|| watch::channel(self.state).0).subscribe()
    }

    pub(super) fn tell(&mut self, state: State) {
        self.state = state;
        if let Some(waiting) = self.waiting.take() {
            waiting.send_replace(state);
        }
    }
}

/// The right to send an event. If nobody says what came of it, it is in doubt.
pub struct Ticket {
    key: EventKey,
    recent: Arc<Mutex<Recent>>,
    is_settled: bool,
}

impl Ticket {
    pub(super) fn new(key: EventKey, recent: Arc<Mutex<Recent>>) -> Ticket {
        Ticket { key, recent, is_settled: false }
    }

    /// It is in the log.
    pub fn answered(mut self, receipt: Receipt) {
        self.is_settled = true;
        lock(&self.recent).answered(self.key, receipt);
    }

    /// It was certainly not sent. Whoever waited for it may try.
    pub fn withdraw(mut self) {
        self.is_settled = true;
        lock(&self.recent).withdraw(&self.key);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.is_settled {
            lock(&self.recent).doubt(&self.key);
        }
    }
}
