//! What the handle and its threads share.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::watch;

use crate::job::Reading;
use crate::queue::Queue;
use crate::{Job, Options};

/// What the handle and its threads share.
pub(crate) struct Desk {
    pub(crate) writes: Queue<Box<dyn Job>>,
    pub(crate) reads: Queue<Box<dyn Reading>>,
    pub(crate) commits: watch::Sender<u64>,
    pub(crate) options: Options,
    own_commits: AtomicU64,
    closed: AtomicBool,
}

impl Desk {
    pub(crate) fn new(options: &Options) -> Desk {
        Desk {
            writes: Queue::new(),
            reads: Queue::new(),
            commits: watch::Sender::new(0),
            options: options.clone(),
            own_commits: AtomicU64::new(0),
            closed: AtomicBool::new(false),
        }
    }

    /// This process has committed something.
    pub(crate) fn committed(&self) {
        self.own_commits.fetch_add(1, Ordering::Release);
        self.wake_readers();
    }

    /// How often this process has committed something.
    pub(crate) fn own_commits(&self) -> u64 {
        self.own_commits.load(Ordering::Acquire)
    }

    /// Somebody has, or may have.
    pub(crate) fn wake_readers(&self) {
        self.commits.send_modify(|count| *count += 1);
    }

    /// Takes nothing more; what waits is still done.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.writes.close();
        self.reads.close();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }
}
