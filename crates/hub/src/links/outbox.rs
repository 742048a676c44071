//! What waits to be sent on a link.

use crate::frame::{Bye, Frame, Reason};
use crate::node::Passed;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{mpsc, watch};

/// Beside what the window of the other side allows, so much may wait: accounts of what is here.
const ROOM: usize = 8 * 1024 * 1024;

/// What is to be sent.
#[derive(Debug)]
pub(super) enum ToSend {
    Frame(Frame),
    Envelopes(Vec<Passed>),
}

impl ToSend {
    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        match self {
            ToSend::Frame(Frame::Have(have)) => {
                64 + have.entries.iter().map(|entry| 64 + 32 * entry.settled.run_count()).sum::<usize>()
            }
            ToSend::Frame(_) => 64,
            ToSend::Envelopes(envelopes) => {
                envelopes.iter().map(|passed| 64 + passed.envelope.bytes().len()).sum()
            }
        }
    }
}

/// How a link ends from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Farewell {
    Bye(Bye),
    /// The other side is gone, or has said BYE itself.
    Silent,
}

/// The node's end of what waits to be sent. Putting something in never waits: who does not take what is sent to him,
/// though the window says that he would, loses the link.
#[derive(Debug)]
pub(super) struct Outbox {
    sender: mpsc::UnboundedSender<ToSend>,
    waiting: Arc<AtomicUsize>,
    most: usize,
    closing: watch::Sender<Option<Farewell>>,
}

/// The writer's end.
#[derive(Debug)]
pub(super) struct Sendings {
    receiver: mpsc::UnboundedReceiver<ToSend>,
    waiting: Arc<AtomicUsize>,
    pub(super) closing: watch::Receiver<Option<Farewell>>,
}

/// Both ends. `window`: bytes that the other side takes at once.
pub(super) fn outbox(window: u32) -> (Outbox, Sendings) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let (closing, closed) = watch::channel(None);
    let waiting = Arc::new(AtomicUsize::new(0));
    let most = ROOM + window as usize;
    let sendings = Sendings { receiver, waiting: Arc::clone(&waiting), closing: closed };
    (Outbox { sender, waiting, most, closing }, sendings)
}

impl Outbox {
    pub(super) fn put(&self, to_send: ToSend) {
        let weight = to_send.weight();
        if self.waiting.fetch_add(weight, Ordering::Relaxed) + weight > self.most {
            let text = "too much waits to be taken".to_owned();
            self.close(Bye { reason: Reason::Stalled, retry_after: 5, text });
        } else {
            // After the writer has ended nobody waits for this any more.
            let _ = self.sender.send(to_send);
        }
    }

    /// Ends the link with BYE, after what waits to be sent.
    pub(super) fn close(&self, bye: Bye) {
        self.end(Farewell::Bye(bye));
    }

    /// The first reason counts.
    pub(super) fn end(&self, farewell: Farewell) {
        self.closing.send_if_modified(|closing| {
            let is_first = closing.is_none();
            closing.get_or_insert(farewell);
            is_first
        });
    }

    /// What was said here last, if anything was.
    pub(super) fn last_word(&self) -> Option<Bye> {
        match &*self.closing.borrow() {
            Some(Farewell::Bye(bye)) => Some(bye.clone()),
            _ => None,
        }
    }
}

impl Sendings {
    /// What comes next, when it comes.
    pub(super) async fn next(&mut self) -> Option<ToSend> {
        let next = self.receiver.recv().await?;
        self.waiting.fetch_sub(next.weight(), Ordering::Relaxed);
        Some(next)
    }

    /// What waits already.
    pub(super) fn next_now(&mut self) -> Option<ToSend> {
        let next = self.receiver.try_recv().ok()?;
        self.waiting.fetch_sub(next.weight(), Ordering::Relaxed);
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{Have, Position};
    use crate::{PublicKey, Ranges, StreamId};

    #[test]
    fn who_takes_nothing_loses_the_link_and_no_memory_of_ours() {
        let (outbox, mut sendings) = outbox(0);
        let stream = StreamId { origin: PublicKey::trusted([1; 32]), epoch: 1 };
        let entry = Position { stream, settled: Ranges::new(), push: true };
        let have = || Frame::Have(Have { complete: false, entries: vec![entry.clone(); 500] });
        while sendings.closing.borrow().is_none() {
            outbox.put(ToSend::Frame(have()));
        }
        assert_eq!(outbox.last_word().map(|bye| bye.reason), Some(Reason::Stalled));
        let kept: usize = std::iter::from_fn(|| sendings.next_now()).map(|one| one.weight()).sum();
        assert!(kept <= ROOM);
    }
}
