//! The log of a hub: every envelope once, in one order, on SQLite through the journal.
//!
//! | file | what |
//! |---|---|
//! | `schema` | the tables, and all statements |
//! | `index` | what is kept in memory: the numbers of streams, the next place, weights |
//! | `newest` | the newest envelopes, in memory too: most readers want what has just come |
//! | `apply`, `changes` | one batch of the node, as one job of the writer |
//! | `streams`, `origins`, `neighbours`, `pins`, `clones`, `forks` | the small tables |
//! | `restore` | what a node knows when it starts |
//! | `fetch` | what a link wants: numbers of one stream |
//! | `places` | what applications want: what comes after a place |
//! | `names` | the log's name at each start, so that a place of an earlier start finds its continuation |
//! | `retention`, `trim` | what is let go, and the job that lets it go |

mod apply;
mod changes;
mod clones;
mod fetch;
mod forks;
mod index;
mod names;
mod neighbours;
mod newest;
mod origins;
mod pins;
mod places;
mod restore;
mod retention;
mod schema;
mod streams;
mod trim;

#[cfg(test)]
mod tests;

pub use fetch::Found;
pub use forks::{Fork, Proof};
pub use index::Size;
pub use names::{Cursor, LogName};
pub use places::Placed;
pub use retention::Retention;
pub use trim::LetGo;

pub(crate) use retention::AGE_LEAST;
pub(crate) use schema::SCHEMA;

use crate::envelope::{Envelope, StreamId};
use crate::key::PublicKey;
use crate::node::{Batch, Restored, RestoredNeighbour};
use crate::time::Time;
use index::Index;
use journal::{Error, Journal, Location, OpenError, Options};
use newest::Newest;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The file of the log in a data folder.
pub const FILE: &str = "hub.sqlite";

/// The log of a hub. Cheap to clone; all clones are the same log.
#[derive(Clone)]
pub struct Log {
    journal: Journal,
    shared: Arc<Shared>,
    name: LogName,
}

struct Shared {
    index: Mutex<Index>,
    newest: Mutex<Newest>,
    /// The greatest place that applications may read.
    news: watch::Sender<u64>,
}

impl Shared {
    // No code that can panic runs under this lock.
    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn newest(&self) -> MutexGuard<'_, Newest> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows of the streams of these envelopes, and their numbers.
    fn rows(&self, envelopes: Vec<(StreamId, u64)>) -> Vec<(i64, u64)> {
        let index = self.index();
        envelopes.into_iter().filter_map(|(stream, n)| Some((index.number(stream)?, n))).collect()
    }
}

impl Log {
    /// Opens the log in a data folder, which must exist, under a name that it never had, to be read by so many at the
    /// same time. Blocks.
    pub fn open(folder: &Path, name: LogName, readers: usize) -> Result<(Log, Restored), OpenError> {
        let location = Location::Sqlite(folder.join(FILE));
        let options = Options { readers, ..Options::default() };
        let journal = Journal::open(&location, &SCHEMA, &options)?;
        let (index, restored) = journal.write_blocking(move |tx| {
            let index = restore::index(tx)?;
            names::begin(tx, name, index.next_place)?;
            Ok::<_, Error>((index, restore::node(tx)?))
        })?;
        let last = index.next_place - 1;
        let (news, newest) = (watch::Sender::new(last), Mutex::new(Newest::of(last)));
        let shared = Arc::new(Shared { index: Mutex::new(index), newest, news });
        Ok((Log { journal, shared, name }, restored))
    }

    /// Writes a batch. `told` hears on the writer's thread, after the commit, or when it failed; it must be quick.
    pub fn apply(&self, batch: Batch, told: impl FnOnce(Result<(), Error>) + Send + 'static) {
        let shared = Arc::clone(&self.shared);
        self.journal.submit(Box::new(apply::Apply::new(batch, shared, told)));
    }

    /// The beginning of a range, as far as it is at hand: which numbers, and their envelopes, until they have so many
    /// bytes. `None` if it does not begin with what has just come.
    pub fn at_hand(&self, stream: StreamId, range: &RangeInclusive<u64>, bytes: usize) -> Option<Found> {
        self.shared.newest().range(stream, range, bytes)
    }

    /// The envelopes that are there of a range, in order, until they have so many bytes; at least one if there is one.
    pub async fn fetch(
        &self,
        stream: StreamId,
        range: RangeInclusive<u64>,
        bytes: usize,
    ) -> Result<Found, Error> {
        let Some(number) = self.shared.index().number(stream) else {
            return Ok(Found { range, envelopes: Vec::new() });
        };
        self.journal.read(move |tx| fetch::range(tx, number, range, bytes)).await
    }

    /// One envelope, if the log has it.
    pub async fn envelope(&self, stream: StreamId, n: u64) -> Result<Option<Arc<Envelope>>, Error> {
        Ok(self.fetch(stream, n..=n, 0).await?.envelopes.pop())
    }

    /// The envelopes of a stream from a number on: at most so many, and not much more than 1 MiB.
    pub async fn stream(
        &self,
        stream: StreamId,
        from: u64,
        limit: usize,
    ) -> Result<Vec<Arc<Envelope>>, Error> {
        let mut found = self.fetch(stream, from..=u64::MAX, places::BYTES_ENOUGH).await?.envelopes;
        found.truncate(limit);
        Ok(found)
    }

    /// What comes after a place, for applications: at most so many envelopes, and not much more than 1 MiB.
    pub async fn read_after(&self, place: u64, limit: usize) -> Result<Vec<Placed>, Error> {
        let at_hand = self.shared.newest().after(place, limit);
        match at_hand {
            Some(found) => Ok(found),
            None => self.journal.read(move |tx| places::after(tx, place, limit)).await,
        }
    }

    /// The greatest place that can be read; changes after every commit that gave one.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.shared.news.subscribe()
    }

    /// The name of the log since this start.
    pub fn name(&self) -> LogName {
        self.name
    }

    /// After which place an application reads that has seen everything up to this cursor.
    pub async fn resume(&self, cursor: Cursor) -> Result<u64, Error> {
        self.journal.read(move |tx| names::resume(tx, cursor)).await
    }

    /// Keeps what is known of a neighbour, after what was handed in before. What cannot be kept is only logged: the
    /// neighbour tells it again at its next link.
    pub fn keep_neighbour(&self, neighbour: RestoredNeighbour) {
        self.journal.submit(Box::new(neighbours::Keep::As(neighbour)));
    }

    /// Keeps nothing of a neighbour any more.
    pub fn forget_neighbour(&self, key: PublicKey) {
        self.journal.submit(Box::new(neighbours::Keep::Nothing(key)));
    }

    /// The proofs of all forks that are kept, oldest first.
    pub async fn forks(&self) -> Result<Vec<Fork>, Error> {
        self.journal.read(forks::all).await
    }

    /// The proof that an origin has forked, if it has.
    pub async fn proof(&self, origin: PublicKey) -> Result<Option<Proof>, Error> {
        self.journal.read(move |tx| forks::proof(tx, origin)).await
    }

    /// Who answered at this address when it was first dialled.
    pub async fn pinned(&self, url: String) -> Result<Option<PublicKey>, Error> {
        self.journal.read(move |tx| pins::find(tx, &url)).await
    }

    /// Remembers who answered there.
    pub async fn pin(&self, url: String, key: PublicKey) -> Result<(), Error> {
        self.journal.write(move |tx| pins::keep(tx, &url, key)).await
    }

    /// Lets go of one chunk of what is too old or too much, if anything is.
    pub async fn trim(&self, retention: Retention, now: Time) -> Result<Option<LetGo>, Error> {
        trim::trim(self, retention, now).await
    }

    /// Lets go of one chunk of what was signed before a time, if there is any.
    pub async fn trim_before(&self, time: Time) -> Result<Option<LetGo>, Error> {
        trim::trim_before(self, time).await
    }

    /// Whether the database answers.
    pub async fn is_well(&self) -> bool {
        self.journal.read(names::next_place).await.is_ok()
    }

    /// How much is kept.
    pub async fn size(&self) -> Result<Size, Error> {
        trim::weigh(self).await?;
        Ok(self.shared.index().size())
    }

    /// When the oldest of these envelopes was signed, as far as they are here.
    pub async fn oldest(&self, envelopes: Vec<(StreamId, u64)>) -> Result<Option<Time>, Error> {
        let rows = self.shared.rows(envelopes);
        self.journal.read(move |tx| fetch::oldest(tx, &rows)).await
    }

    /// The database of the log, which has the tables of applications as well.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Copies the log into a new file while it is written to. Blocks.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        self.journal.backup(to)
    }

    /// Finishes what was handed in, and closes the file. Blocks.
    pub fn close(&self) {
        self.journal.close();
    }
}
