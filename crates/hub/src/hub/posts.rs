//! Posts on their way to the node.

use super::Closed;
use crate::envelope::Message;
use crate::key::PublicKey;
use crate::node::{PostError, Posted};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Messages of a local application.
pub(super) struct Post {
    pub(super) origin: PublicKey,
    pub(super) messages: Vec<Message>,
    pub(super) ttl: u32,
    pub(super) asker: oneshot::Sender<Result<Posted, PostError>>,
}

/// Posts that wait for the node. It is told of the first; while a batch is on its way the others would only wake it to wait
/// there instead of here.
#[derive(Default)]
pub(super) struct Posts(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    posts: Vec<Post>,
    is_closed: bool,
}

impl Posts {
    /// Whether it is the first that waits.
    pub(super) fn put(&self, post: Post) -> Result<bool, Closed> {
        let mut waiting = self.lock();
        if waiting.is_closed {
            return Err(Closed);
        }
        waiting.posts.push(post);
        Ok(waiting.posts.len() == 1)
    }

    /// All that wait.
    pub(super) fn take(&self) -> Vec<Post> {
        std::mem::take(&mut self.lock().posts)
    }

    /// Nobody takes them any more. Who waits learns that from the end of his channel.
    pub(super) fn close(&self) {
        let mut waiting = self.lock();
        (waiting.is_closed, waiting.posts) = (true, Vec::new());
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
