//! Frames in.

use super::checkers::{Inflow, What, Work};
use super::desk::{Desk, FromLink};
use super::outbox::{Farewell, Outbox};
use super::pace::Pace;
use super::socket::{Heard, Incoming};
use crate::frame::{Bye, Frame, Reason};
use crate::node::Input;
use futures_util::StreamExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What the node has not yet dealt with may take so much memory for one link, in KiB.
const ROOM: usize = 8 * 1024;

/// Why nothing more is read.
#[derive(Debug)]
pub(super) enum End {
    /// The connection is gone.
    Gone,
    /// The other side said BYE.
    Said(Bye),
    /// It cannot go on like this.
    Wrong(Reason, &'static str),
}

/// Reads one link.
pub(super) struct Reader {
    desk: Arc<Desk>,
    inflow: Arc<Inflow>,
    pace: Pace,
    room: Arc<Semaphore>,
    has_progressed: bool,
}

impl Reader {
    pub(super) fn new(desk: Arc<Desk>, inflow: Arc<Inflow>) -> Reader {
        let pace = Pace::new(desk.limits.bytes_per_second);
        Reader { desk, inflow, pace, room: Arc::new(Semaphore::new(ROOM)), has_progressed: false }
    }

    pub(super) fn has_progressed(&self) -> bool {
        self.has_progressed
    }

    pub(super) async fn read_all(&mut self, incoming: &mut Incoming) -> End {
        loop {
            let heard = tokio::time::timeout(self.desk.limits.silence, incoming.next()).await;
            let Ok(heard) = heard else {
                return End::Wrong(Reason::Stalled, "nothing was heard for too long");
            };
            let ended = match heard.unwrap_or(Heard::Gone) {
                Heard::Frame(bytes) => self.take(bytes).await,
                Heard::Life => None,
                Heard::TooLarge => Some(End::Wrong(Reason::TooLarge, "a frame was too large")),
                Heard::Odd => Some(End::Wrong(Reason::Malformed, "frames are binary messages")),
                Heard::Gone => Some(End::Gone),
            };
            if let Some(end) = ended {
                return end;
            }
        }
    }

    async fn take(&mut self, bytes: bytes::Bytes) -> Option<End> {
        let Ok(frame) = Frame::read(&bytes) else {
            return Some(End::Wrong(Reason::Malformed, "a frame cannot be read"));
        };
        let room = self.make_room(bytes.len()).await;
        let link = self.inflow.link;
        match frame {
            Frame::Msg(carried) => {
                self.has_progressed = true;
                let what = What::Envelopes(carried);
                self.desk.checkers.put(Work { inflow: Arc::clone(&self.inflow), what, room });
            }
            Frame::Have(have) => self.in_turn(Input::Have { link, have }, room),
            Frame::Skip(skips) => self.in_turn(Input::Skip { link, skips }, room),
            Frame::Bye(bye) => return Some(End::Said(bye)),
            Frame::Hello(_) | Frame::Auth(_) => {
                return Some(End::Wrong(Reason::Malformed, "a frame came out of turn"));
            }
        }
        self.rest(bytes.len()).await;
        None
    }

    /// What was read before must reach the node before.
    fn in_turn(&self, input: Input, room: Option<OwnedSemaphorePermit>) {
        if self.inflow.is_clear() {
            (self.desk.to_node)(FromLink { input, room });
        } else {
            let what = What::Input(Box::new(input));
            self.desk.checkers.put(Work { inflow: Arc::clone(&self.inflow), what, room });
        }
    }

    /// Waits until the node has dealt with enough of what came before.
    async fn make_room(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let kib = (bytes / 1024 + 1).min(ROOM) as u32;
        // Nobody closes it.
        Arc::clone(&self.room).acquire_many_owned(kib).await.ok()
    }

    async fn rest(&mut self, bytes: usize) {
        let rest = self.pace.spend(self.desk.clock.now(), bytes);
        if rest.0 > 0 {
            tokio::time::sleep(Duration::from_micros(rest.0)).await;
        }
    }
}

impl End {
    /// Tells the other side why, unless it knows. Gives what it said itself.
    pub(super) fn tell(self, outbox: &Outbox) -> Option<Bye> {
        match self {
            End::Gone => outbox.end(Farewell::Silent),
            End::Said(bye) => {
                outbox.end(Farewell::Silent);
                return Some(bye);
            }
            End::Wrong(reason, text) => outbox.close(Bye { reason, retry_after: 0, text: text.to_owned() }),
        }
        None
    }
}
