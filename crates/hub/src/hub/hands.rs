//! Doing what the node wants done.

use super::alarms::Alarms;
use super::runner::Event;
use crate::envelope::StreamId;
use crate::frame::{Bye, Reason};
use crate::links::{self, Desk};
use crate::log::Found;
use crate::node::{Batch, Input, LinkId, Output, PostError, Posted};
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, mpsc};
use tokio::sync::oneshot;

/// Does what the node wants done.
pub(super) struct Hands {
    desk: Arc<Desk>,
    events: mpsc::Sender<Event>,
    alarms: Arc<Alarms>,
    promised: HashMap<u64, oneshot::Sender<Result<Posted, PostError>>>,
    last_ticket: u64,
    /// A batch is on its way.
    is_committing: bool,
}

impl Hands {
    pub(super) fn new(desk: Arc<Desk>, events: mpsc::Sender<Event>, alarms: Arc<Alarms>) -> Hands {
        Hands { desk, events, alarms, promised: HashMap::new(), last_ticket: 0, is_committing: false }
    }

    /// Somebody waits for the answer under this ticket.
    pub(super) fn promise(&mut self, asker: oneshot::Sender<Result<Posted, PostError>>) -> u64 {
        self.last_ticket += 1;
        self.promised.insert(self.last_ticket, asker);
        self.last_ticket
    }

    /// Whether everything is finished that was promised.
    pub(super) fn are_empty(&self) -> bool {
        self.promised.is_empty() && !self.is_committing
    }

    pub(super) fn is_committing(&self) -> bool {
        self.is_committing
    }

    /// What the node is about to be told.
    pub(super) fn sees(&mut self, input: &Input) {
        self.is_committing &= !matches!(input, Input::Committed | Input::NotCommitted);
    }

    pub(super) fn carry_out(&mut self, output: Output) {
        match output {
            Output::Commit(batch) => self.commit(batch),
            Output::Send { link, frame } => self.desk.table.send(link, frame),
            Output::Pass { link, envelopes } => self.desk.table.pass(link, envelopes),
            Output::Close { link, bye } => self.desk.table.close(link, bye),
            Output::Fetch { link, stream, range, bytes } => self.fetch(link, stream, range, bytes),
            Output::Dial { key, address } => {
                let attempt = links::attempt(Arc::clone(&self.desk), key, address);
                self.desk.runtime.spawn(attempt);
            }
            Output::Posted { ticket, result } => {
                if let Some(asker) = self.promised.remove(&ticket) {
                    // Who asked may be gone.
                    let _ = asker.send(result);
                }
            }
            Output::Neighbour(neighbour) => self.desk.log.keep_neighbour(neighbour),
            Output::Forgotten(key) => self.desk.log.forget_neighbour(key),
            Output::Alarm(alarm) => self.alarms.raise(self.desk.clock.now(), alarm),
        }
    }

    fn commit(&mut self, batch: Batch) {
        self.is_committing = true;
        let events = self.events.clone();
        self.desk.log.apply(batch, move |outcome| {
            let input = match outcome {
                Ok(()) => Input::Committed,
                Err(error) => {
                    tracing::error!(%error, "a batch is not in the log: {error}");
                    Input::NotCommitted
                }
            };
            // If the node is gone, so is everybody who waits.
            let _ = events.send(Event::Input(input));
        });
    }

    /// Most links want what has just come; the log is asked for the rest.
    fn fetch(&self, link: LinkId, stream: StreamId, range: RangeInclusive<u64>, bytes: usize) {
        let events = self.events.clone();
        let tell = move |found: Found| {
            let Found { range, envelopes: found } = found;
            // If the node is gone, so is the link.
            let _ = events.send(Event::Input(Input::Fetched { link, stream, range, found }));
        };
        if let Some(found) = self.desk.log.at_hand(stream, &range, bytes) {
            return tell(found);
        }
        let desk = Arc::clone(&self.desk);
        self.desk.runtime.spawn(async move {
            match desk.log.fetch(stream, range, bytes).await {
                Ok(found) => tell(found),
                // What cannot be read is not gone: the other side must not be told that it is.
                Err(error) => {
                    tracing::error!(%error, "the log cannot be read: {error}");
                    let text = "the log cannot be read".to_owned();
                    desk.table.close(link, Bye { reason: Reason::Failed, retry_after: 5, text });
                }
            }
        });
    }
}
