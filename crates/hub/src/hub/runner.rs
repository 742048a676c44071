//! The thread that owns the node. Everything that happens comes through one channel, in order; nothing here waits for a
//! disk or a network.

use super::hands::Hands;
use super::posts::{Post, Posts};
use crate::clock::Clock;
use crate::links::FromLink;
use crate::node::{Input, Node, Output, PostError};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use tokio::sync::oneshot;

/// Without a timer of the node, one looks again after so long.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What happens.
pub(super) enum Event {
    /// Something that the node should know.
    Input(Input),
    /// The same, from a link; there is room for more once it is dealt with.
    FromLink(FromLink),
    /// Local applications have messages.
    Posts,
    /// Somebody wants to look at the node.
    Look(Box<dyn FnOnce(&Node) + Send>),
    /// The hub stops; says when everything is finished that was promised.
    Stop(oneshot::Sender<()>),
}

/// The node and its hands.
pub(super) struct Runner {
    node: Node,
    hands: Hands,
    posts: Arc<Posts>,
    clock: Arc<dyn Clock>,
    out: Vec<Output>,
    stopping: Option<oneshot::Sender<()>>,
}

impl Runner {
    pub(super) fn new(node: Node, hands: Hands, posts: Arc<Posts>, clock: Arc<dyn Clock>) -> Runner {
        Runner { node, hands, posts, clock, out: Vec::new(), stopping: None }
    }

    pub(super) fn run(mut self, inbox: &Receiver<Event>) {
        self.happens(Input::Tick);
        loop {
            match self.next(inbox) {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => self.happens(Input::Tick),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if self.stopping.is_some() && self.hands.are_empty() {
                // Who stopped the hub may not wait for it.
                let _ = self.stopping.take().map(|asker| asker.send(()));
                return;
            }
        }
    }

    /// The next event, or none until the node wants to do something by itself.
    fn next(&self, inbox: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
        if let Ok(event) = inbox.try_recv() {
            return Ok(event);
        }
        let wait = self.node.next_wake().map(|wake| Duration::from_micros(wake.since(self.clock.now()).0));
        inbox.recv_timeout(wait.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT))
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Input(input) => {
                if matches!(input, Input::Committed | Input::NotCommitted) {
                    // They go into the next batch, which the node makes with this.
                    self.take_posts();
                }
                self.happens(input);
            }
            Event::FromLink(FromLink { input, room }) => {
                self.happens(input);
                drop(room);
            }
            // Else they wait until the batch is written.
            Event::Posts if !self.hands.is_committing() => self.take_posts(),
            Event::Posts => {}
            Event::Look(look) => look(&self.node),
            Event::Stop(asker) => self.stopping = Some(asker),
        }
    }

    fn take_posts(&mut self) {
        for Post { origin, messages, ttl, asker } in self.posts.take() {
            if self.stopping.is_some() {
                // Who asked may be gone.
                let _ = asker.send(Err(PostError::Failed));
            } else {
                let ticket = self.hands.promise(asker);
                self.happens(Input::Post { ticket, origin, messages, ttl });
            }
        }
    }

    fn happens(&mut self, input: Input) {
        self.hands.sees(&input);
        self.node.on(self.clock.now(), input, &mut self.out);
        for output in self.out.drain(..) {
            self.hands.carry_out(output);
        }
    }
}

impl Drop for Runner {
    /// However the node ends, nobody waits for it.
    fn drop(&mut self) {
        self.posts.close();
    }
}
