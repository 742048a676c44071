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

    /// Claims events. Waits for whoever is sending one of them; so they have to come in the order of their keys, that two
    /// who claim several never wait for each other. All are looked up together: a look costs more than what it finds.
    /// `newest` tells the place of the newest envelope.
    pub async fn claim(
        &self,
        events: &[(EventKey, [u8; 32])],
        newest: impl Fn() -> Place,
    ) -> Result<Vec<Claim>, Error> {
        let (mut claims, mut was_doubtful) = (Vec::with_capacity(events.len()), false);
        for (key, content) in events {
            claims.push(match self.take_in_turn(*key, *content).await {
                Ok(doubtful) => {
                    was_doubtful |= doubtful;
                    Claim::New(Ticket::new(*key, self.recent.clone()))
                }
                Err(claim) => claim,
            });
        }
        if was_doubtful {
            // Whether it was stored can be seen only once the log has been read as far as it goes.
            let (newest, mut read) = (newest(), self.read.subscribe());
            let _ = read.wait_for(|read| *read >= newest).await;
        }
        let rows = self.find(claims.iter().zip(events)).await?;
        Ok(claims.into_iter().zip(events).map(|(claim, event)| settled(claim, event, &rows)).collect())
    }

    /// Takes an event as soon as nobody else is sending it: whether it is in doubt, or what is known.
    async fn take_in_turn(&self, key: EventKey, content: [u8; 32]) -> Result<bool, Claim> {
        loop {
            match self.take(key, content) {
                Taken::Ours { doubtful } => return Ok(doubtful),
                Taken::Answered(claim) => return Err(claim),
                Taken::Busy(mut state) => drop(state.changed().await),
            }
        }
    }

    /// The rows of those that would be new.
    async fn find<'a>(
        &self,
        claims: impl Iterator<Item = (&'a Claim, &'a (EventKey, [u8; 32]))>,
    ) -> Result<Rows, Error> {
        let new = claims.filter(|(claim, _)| matches!(claim, Claim::New(_)));
        let keys: Vec<EventKey> = new.map(|(_, (key, _))| *key).collect();
        let since = self.now() - REMEMBERED;
        let look = move |tx: &mut journal::Tx<'_>| {
            let found = keys.iter().map(|key| Ok(table::find(tx, key, since)?.map(|row| (*key, row))));
            found.filter_map(Result::transpose).collect::<Result<Rows, Error>>()
        };
        self.journal.read(look).await
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

/// What was answered to events, with their contents.
type Rows = HashMap<EventKey, ([u8; 32], Receipt)>;

/// What is new after a look into the table.
fn settled(claim: Claim, (key, content): &(EventKey, [u8; 32]), rows: &Rows) -> Claim {
    match (claim, rows.get(key)) {
        (Claim::New(ticket), Some((known, receipt))) => {
            ticket.withdraw();
            if known == content { Claim::Known(*receipt) } else { Claim::Reused }
        }
        (claim, _) => claim,
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
