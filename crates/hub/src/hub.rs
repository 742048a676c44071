//! A hub that runs: the node, its log and its links, for programs in the same process.
//!
//! | file | what |
//! |---|---|
//! | `settings` | what the webmaster can decide |
//! | `open` | opening everything in order |
//! | `runner` | the thread that owns the node: what happens in, what is to be done out |
//! | `posts` | messages of applications on their way there |
//! | `hands` | doing it |
//! | `keeper` | letting go of what is too old or too much |
//! | `alarms` | what the webmaster should know |
//! | `carrier`, `status` | what the doors need of it, and how everything stands |

mod alarms;
mod carrier;
mod hands;
mod keeper;
mod open;
mod posts;
mod runner;
mod settings;
mod status;

pub use open::NotOpened;
pub use settings::HubSettings;

use crate::envelope::{Envelope, Message, StreamId};
use crate::key::{PublicKey, SecretKey};
use crate::links::{self, Desk, UpstreamStatus};
use crate::log::{Cursor, LogName, Placed, Proof};
use crate::node::{Alarm, Input, Node, PostError, Posted};
use crate::time::Time;
use alarms::Alarms;
use axum::Router;
use posts::{Post, Posts};
use runner::Event;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

/// How long links may take to say BYE.
const FAREWELL: Duration = Duration::from_secs(6);

/// A hub that runs. Cheap to clone; all clones are the same hub.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    desk: Arc<Desk>,
    events: mpsc::Sender<Event>,
    posts: Arc<Posts>,
    alarms: Arc<Alarms>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    failed: watch::Receiver<bool>,
}

/// The hub is closed, or its node has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the hub is closed")]
pub struct Closed;

impl Hub {
    /// Opens a hub: its log, its node, and the calls to its upstreams. `keys`: its own first, then those of its
    /// applications. The folder must exist, and belong to this process alone.
    pub async fn open(settings: HubSettings, keys: Vec<SecretKey>) -> Result<Hub, NotOpened> {
        open::open(settings, keys).await
    }

    /// Posts messages under a key of this hub. `Ok` means that they are on disk.
    pub async fn post(
        &self,
        origin: PublicKey,
        messages: Vec<Message>,
        ttl: u32,
    ) -> Result<Posted, PostError> {
        let (asker, answer) = oneshot::channel();
        let is_first = self.0.posts.put(Post { origin, messages, ttl, asker });
        if is_first.map_err(|_| PostError::Failed)? {
            // If the node is gone, so is who would answer, and that is seen below.
            let _ = self.0.events.send(Event::Posts);
        }
        answer.await.unwrap_or(Err(PostError::Failed))
    }

    /// What comes after a place: at most so many envelopes, and not much more than 1 MiB.
    pub async fn read_after(&self, place: u64, limit: usize) -> Result<Vec<Placed>, journal::Error> {
        self.0.desk.log.read_after(place, limit).await
    }

    /// The greatest place that can be read. Changes when there is news.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.0.desk.log.news()
    }

    /// The name of the log since this start: with a place it tells where an application stands.
    pub fn log_name(&self) -> LogName {
        self.0.desk.log.name()
    }

    /// After which place an application reads that has seen everything up to this cursor.
    pub async fn resume(&self, cursor: Cursor) -> Result<u64, journal::Error> {
        self.0.desk.log.resume(cursor).await
    }

    /// One envelope, if the log has it.
    pub async fn envelope(&self, stream: StreamId, n: u64) -> Result<Option<Arc<Envelope>>, journal::Error> {
        self.0.desk.log.envelope(stream, n).await
    }

    /// The envelopes of a stream from a number on: at most so many, and not much more than 1 MiB.
    pub async fn stream(
        &self,
        stream: StreamId,
        from: u64,
        limit: usize,
    ) -> Result<Vec<Arc<Envelope>>, journal::Error> {
        self.0.desk.log.stream(stream, from, limit).await
    }

    /// Lets go of everything that was signed before a time, however young it is; gives the number of envelopes.
    pub async fn trim(&self, before: Time) -> Result<u64, journal::Error> {
        let mut envelopes = 0;
        // Chunk by chunk, so that commits come in between.
        while let Some(gone) = self.0.desk.log.trim_before(before).await? {
            envelopes += gone.envelopes;
            let told = self.tell(Input::Trimmed { stream: gone.stream, to: gone.to });
            told.map_err(|_| journal::Error::Closed)?;
        }
        Ok(envelopes)
    }

    /// The database of the hub, for the tables of applications in it. It is closed with the hub.
    pub fn journal(&self) -> &journal::Journal {
        self.0.desk.log.journal()
    }

    /// The key of this hub.
    pub fn identity(&self) -> PublicKey {
        self.0.desk.key.public()
    }

    /// An application has got a key.
    pub fn add_origin(&self, key: SecretKey) -> Result<(), Closed> {
        self.tell(Input::OriginAdded(Box::new(key)))
    }

    /// An application has lost its key.
    pub fn remove_origin(&self, key: PublicKey) -> Result<(), Closed> {
        self.tell(Input::OriginRemoved(key))
    }

    /// Lets a neighbour link.
    pub fn approve(&self, key: PublicKey) -> Result<(), Closed> {
        self.tell(Input::Approve(key))
    }

    /// Blocks a key, as a neighbour and as an origin.
    pub fn block(&self, key: PublicKey) -> Result<(), Closed> {
        self.tell(Input::Block(key))
    }

    /// Forgets a neighbour, whose place another may have then. One that is blocked stays.
    pub fn forget(&self, key: PublicKey) -> Result<(), Closed> {
        self.tell(Input::Forget(key))
    }

    /// Posts again after the node found itself cloned.
    pub fn resume_posting(&self) -> Result<(), Closed> {
        self.tell(Input::Resume)
    }

    /// Looks at the node, between two things that happen. Everybody waits meanwhile, so the look must be short.
    pub async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Node) -> T + Send + 'static,
    ) -> Result<T, Closed> {
        let (asker, answer) = oneshot::channel();
        let look = Box::new(move |node: &Node| drop(asker.send(look(node))));
        self.0.events.send(Event::Look(look)).map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }

    /// Waits until the node has failed, which it may never do. A hub whose node has failed does nothing more: the program
    /// around it should end, so that whatever looks after it starts it again.
    pub async fn failed(&self) {
        let failed = self.0.failed.clone().wait_for(|failed| *failed).await.is_ok();
        if !failed {
            // It was closed.
            std::future::pending().await
        }
    }

    /// How it stands with each upstream, by address.
    pub fn upstreams(&self) -> BTreeMap<String, UpstreamStatus> {
        self.0.desk.upstreams.look()
    }

    /// The newest alarms, oldest first.
    pub fn alarms(&self) -> Vec<(Time, Alarm)> {
        self.0.alarms.look()
    }

    /// The route `/hub` at which other hubs dial this one. Whoever serves it tells addresses by
    /// [`ClientAddress`](crate::ClientAddress) or axum's `ConnectInfo`, and sets `TCP_NODELAY`.
    pub fn router(&self) -> Router {
        links::router(Arc::clone(&self.0.desk))
    }

    /// The proof that an origin has signed what cannot both be, if there is one.
    pub async fn proof(&self, origin: PublicKey) -> Result<Option<Proof>, journal::Error> {
        self.0.desk.log.proof(origin).await
    }

    /// Copies the log into a new file, while it is written to. Blocks.
    pub fn backup(&self, to: &Path) -> Result<(), journal::Error> {
        self.0.desk.log.backup(to)
    }

    /// Stops: finishes what was promised, says BYE to everybody, closes the log.
    pub async fn close(&self) {
        // If the node has failed, there is nothing to wait for.
        let _ = self.0.stop().await;
        self.0.say_bye();
        // Who does not listen is left behind.
        let _ = tokio::time::timeout(FAREWELL, self.0.desk.table.until_empty()).await;
        let tasks = std::mem::take(&mut *self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            let _ = task.await;
        }
        let log = self.0.desk.log.clone();
        let _ = tokio::task::spawn_blocking(move || log.close()).await;
    }

    fn tell(&self, input: Input) -> Result<(), Closed> {
        self.0.events.send(Event::Input(input)).map_err(|_| Closed)
    }
}

impl Inner {
    /// No new link, no new message; what comes back says when everything is finished that was promised.
    fn stop(&self) -> oneshot::Receiver<()> {
        self.desk.stopping.send_replace(true);
        let (asker, answer) = oneshot::channel();
        // If the node has failed, the answer fails.
        let _ = self.events.send(Event::Stop(asker));
        answer
    }

    fn say_bye(&self) {
        self.desk.table.close_all(&links::stopping());
    }
}

impl Drop for Inner {
    /// Nobody can ask for anything any more. Not waited for: this may be where blocking is forbidden.
    fn drop(&mut self) {
        drop(self.stop());
        self.say_bye();
    }
}
