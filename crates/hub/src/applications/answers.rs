//! The answer to an event that was sent before: the same as the first time, for 24 hours.
//!
//! What was answered follows from the log, so posting costs one commit and not two: a reader ([`reader`]) goes through
//! the log behind the posts and writes a row for each event. What it has not reached yet is remembered here. After a
//! crash the reader reads on where it was before anybody may post.

mod reader;
mod table;
mod ticket;

pub use reader::Reader;
pub use table::{Receipt, STATEMENTS};
pub use ticket::Ticket;

use super::carrier::Place;
use super::event::Event;
use crate::Clock;
use crate::time::{Span, Time};
use journal::{Error, Journal};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use ticket::{Slot, State};
use tokio::sync::watch;

/// For so long an event can be sent again without harm.
const REMEMBERED: Span = Span::hours(24);

/// Which event of which token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey {
    token: i64,
    /// SHA-256 of source and id.
    event: [u8; 32],
}

impl EventKey {
    /// The key of an event of this token.
    pub fn of(token: i64, event: &Event) -> EventKey {
        let mut hash = Sha256::new();
        // The length keeps apart where one ends and the other begins.
        hash.update((event.source.len() as u64).to_be_bytes());
        hash.update(&event.source);
        hash.update(&event.id);
        EventKey { token, event: hash.finalize().into() }
    }
}

/// What is known about an event that somebody wants to send.
pub enum Claim {
    /// Nothing: send it, and tell the ticket what came of it.
    New(Ticket),
    /// It was sent before.
    Known(Receipt),
    /// Another one was sent under this id.
    Reused,
}

type Recent = Mutex<HashMap<EventKey, Slot>>;

/// What was answered.
#[derive(Clone)]
pub struct Answers {
    journal: Journal,
    clock: Arc<dyn Clock>,
    recent: Arc<Recent>,
    /// How far the reader is.
    read: watch::Sender<Place>,
}

impl Answers {
    /// Over the tables of a hub.
    pub fn new(journal: &Journal, clock: &Arc<dyn Clock>) -> Answers {
        let (journal, clock) = (journal.clone(), clock.clone());
        Answers { journal, clock, recent: Arc::default(), read: watch::channel(0).0 }
    }

    /// Claims an event. Waits for whoever is sending the same one; so who claims several does it in the order of their
    /// keys. `newest`: the place of the newest envelope.
    pub async fn claim(&self, key: EventKey, content: [u8; 32], newest: Place) -> Result<Claim, Error> {
        let was_doubtful = loop {
            match self.take(key, content) {
                Taken::Ours { doubtful } => break doubtful,
                Taken::Answered(claim) => return Ok(claim),
                Taken::Busy(mut state) => drop(state.changed().await),
            }
        };
        let ticket = Ticket::new(key, self.recent.clone());
        if was_doubtful {
            // Whether it was stored can be seen only once the log has been read as far as it goes.
            let mut read = self.read.subscribe();
            let _ = read.wait_for(|read| *read >= newest).await;
        }
        let since = self.now() - REMEMBERED;
        match self.journal.read(move |tx| table::find(tx, &key, since)).await? {
            Some((known, receipt)) => {
                ticket.withdraw();
                Ok(if known == content { Claim::Known(receipt) } else { Claim::Reused })
            }
            None => Ok(Claim::New(ticket)),
        }
    }

    fn take(&self, key: EventKey, content: [u8; 32]) -> Taken {
        let mut recent = lock(&self.recent);
        let Some(slot) = recent.get_mut(&key) else {
            recent.insert(key, Slot::sending(content));
            return Taken::Ours { doubtful: false };
        };
        if slot.content != content {
            return Taken::Answered(Claim::Reused);
        }
        match slot.state() {
            State::Answered(receipt) => Taken::Answered(Claim::Known(receipt)),
            State::Sending => Taken::Busy(slot.watch()),
            State::Doubtful => {
                slot.tell(State::Sending);
                Taken::Ours { doubtful: true }
            }
        }
    }

    fn now(&self) -> Time {
        self.clock.now()
    }
}

enum Taken {
    Ours { doubtful: bool },
    Answered(Claim),
    Busy(watch::Receiver<State>),
}

fn lock(recent: &Recent) -> MutexGuard<'_, HashMap<EventKey, Slot>> {
    recent.lock().unwrap_or_else(PoisonError::into_inner)
}
