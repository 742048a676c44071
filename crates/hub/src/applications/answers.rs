//! The answer to an event that was sent before: the same as the first time, for 24 hours.
//!
//! What was answered follows from the log, so posting costs one commit and not two: a reader ([`reader`]) goes through
//! the log behind the posts and writes a row for each event, many together and in the order of the table. What has no row
//! yet is remembered here ([`recent`]); that an event has none is mostly known without a look ([`filter`]). After a crash
//! the reader reads on where it was before anybody may post.

mod filter;
mod reader;
mod recent;
mod table;
mod ticket;

pub use reader::Reader;
pub use table::{Receipt, STATEMENTS};
pub use ticket::Ticket;

use super::carrier::Place;
use super::event::{Content, Event, first_half};
use crate::Clock;
use crate::time::Span;
use journal::{Error, Journal};
use recent::{Past, Recent, Taken, lock};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, watch};

/// For so long an event can be sent again without harm.
const REMEMBERED: Span = Span::hours(24);

/// Which event of which token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey {
    token: i64,
    /// The first half of a SHA-256 of token, source and id. Who found two of the same would deceive himself alone.
    event: [u8; 16],
}

impl EventKey {
    /// The key of an event of this token.
    pub fn of(token: i64, event: &Event) -> EventKey {
        let mut hash = Sha256::new();
        hash.update(token.to_be_bytes());
        // The length keeps apart where one ends and the other begins.
        hash.update((event.source.len() as u64).to_be_bytes());
        hash.update(&event.source);
        hash.update(&event.id);
        EventKey { token, event: first_half(hash) }
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

/// What was answered.
#[derive(Clone)]
pub struct Answers {
    journal: Journal,
    clock: Arc<dyn Clock>,
    recent: Arc<Mutex<Recent>>,
    /// Up to which place everything has its row.
    read: watch::Sender<Place>,
    /// Somebody waits for that.
    asked: Arc<Notify>,
}

impl Answers {
    /// Over the tables of a hub.
    pub fn new(journal: &Journal, clock: &Arc<dyn Clock>) -> Answers {
        let (journal, clock) = (journal.clone(), clock.clone());
        let recent = Arc::new(Mutex::new(Recent::new(clock.now())));
        Answers { journal, clock, recent, read: watch::channel(0).0, asked: Arc::default() }
    }

    /// Claims events. Waits for whoever is sending one of them; so they have to come in the order of their keys, that two
    /// who claim several never wait for each other. `newest` tells the place of the newest envelope.
    pub async fn claim(
        &self,
        events: &[(EventKey, Content)],
        newest: impl Fn() -> Place,
    ) -> Result<Vec<Claim>, Error> {
        let (mut claims, mut unknown, mut is_doubtful) =
            (Vec::with_capacity(events.len()), Vec::new(), false);
        for (key, content) in events {
            let claim = match self.take_in_turn(*key, *content).await {
                Ok(past) => {
                    is_doubtful |= past == Past::Doubtful;
                    unknown.extend((past != Past::None).then_some(*key));
                    Claim::New(Ticket::new(*key, self.recent.clone()))
                }
                Err(claim) => claim,
            };
            claims.push(claim);
        }
        if is_doubtful {
            self.until_read(newest()).await;
        }
        let rows = self.find(unknown).await?;
        Ok(claims.into_iter().zip(events).map(|(claim, event)| settled(claim, event, &rows)).collect())
    }

    /// Takes an event as soon as nobody else is sending it: what its past is, or what is known.
    async fn take_in_turn(&self, key: EventKey, content: Content) -> Result<Past, Claim> {
        loop {
            let taken = lock(&self.recent).take(key, content);
            match taken {
                Taken::Ours(past) => return Ok(past),
                Taken::Answered(receipt) => return Err(Claim::Known(receipt)),
                Taken::Reused => return Err(Claim::Reused),
                Taken::Busy(mut state) => drop(state.changed().await),
            }
        }
    }

    /// Whether an event was stored can be seen only once the log has been read as far as it goes.
    async fn until_read(&self, newest: Place) {
        let mut read = self.read.subscribe();
        self.asked.notify_one();
        let _ = read.wait_for(|read| *read >= newest).await;
    }

    /// The rows of those that may have one.
    async fn find(&self, keys: Vec<EventKey>) -> Result<Rows, Error> {
        if keys.is_empty() {
            return Ok(Rows::new());
        }
        let since = self.clock.now() - REMEMBERED;
        let look = move |tx: &mut journal::Tx<'_>| {
            let found = keys.iter().map(|key| Ok(table::find(tx, key, since)?.map(|row| (*key, row))));
            found.filter_map(Result::transpose).collect::<Result<Rows, Error>>()
        };
        self.journal.read(look).await
    }
}

/// What was answered to events, with their contents.
type Rows = HashMap<EventKey, (Content, Receipt)>;

/// What is new after a look into the table.
fn settled(claim: Claim, (key, content): &(EventKey, Content), rows: &Rows) -> Claim {
    match (claim, rows.get(key)) {
        (Claim::New(ticket), Some((known, receipt))) => {
            ticket.withdraw();
            if known == content { Claim::Known(*receipt) } else { Claim::Reused }
        }
        (claim, _) => claim,
    }
}
