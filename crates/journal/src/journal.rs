//! The handle: open, write, read, close.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::{oneshot, watch};

use crate::desk::Desk;
use crate::job::{Closure, Question, tell};
use crate::{
    Dialect, Error, Job, Location, OpenError, Options, Prepared, Schema, Statement, Tx, counters, positions,
};
use crate::{postgres, sqlite};

/// A database and the threads that talk to it. Cheap to clone; all clones are the same journal.
///
/// The threads end with [`close`](Journal::close), or some time after the last clone is gone.
#[derive(Clone)]
pub struct Journal(Arc<Inner>);

struct Inner {
    location: Location,
    desk: Arc<Desk>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// A thread's name and what it does until its queue is closed.
pub(crate) type Duty = (&'static str, Box<dyn FnOnce() + Send>);

impl Journal {
    /// Opens a database, brings its tables up to date and starts the threads. Blocks for as long as that takes.
    ///
    /// Of several processes that open one PostgreSQL database at once, one migrates and the others wait for it.
    pub fn open(location: &Location, schema: &Schema, options: &Options) -> Result<Journal, OpenError> {
        let desk = Arc::new(Desk::new(options));
        let duties = match location {
            Location::Sqlite(file) => sqlite::open(file, schema, &desk)?,
            Location::Postgres(url) => postgres::open(url, schema, &desk)?,
        };
        let journal =
            Journal(Arc::new(Inner { location: location.clone(), desk, threads: Mutex::new(Vec::new()) }));
        journal.start(duties)?;
        Ok(journal)
    }

    fn start(&self, duties: Vec<Duty>) -> Result<(), Error> {
        for (name, duty) in duties {
            let thread = thread::Builder::new().name(name.to_owned()).spawn(duty)?;
            self.threads().push(thread);
        }
        Ok(())
    }

    /// Hands a job to the writer. The job is told the outcome, even when the journal is closed.
    pub fn submit(&self, job: Box<dyn Job>) {
        if let Err(job) = self.0.desk.writes.put(job) {
            tell(job, Err(Error::Closed));
        }
    }

    /// Runs a closure in a transaction. `Ok` means that it is on disk; the closure's own `Err` rolls it back.
    ///
    /// The closure may run more than once, so ids, time and chance are handed in and its effects are only rows.
    /// Dropping the future does not stop the write.
    pub async fn write<T, E>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask_writer(f).await.unwrap_or_else(|_| Err(E::from(Error::Panicked)))
    }

    /// Runs a closure on a snapshot: nothing that it reads changes meanwhile, and it can change nothing.
    ///
    /// A dropped future is not read for any more if its turn has not come.
    pub async fn read<T, E>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.ask_reader(f).await.unwrap_or_else(|_| Err(E::from(Error::Panicked)))
    }

    /// As [`write`](Journal::write), for threads without a runtime. Panics inside one.
    pub fn write_blocking<T, E>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let answer = self.ask_writer(f).blocking_recv();
        answer.unwrap_or_else(|_| Err(E::from(Error::Panicked)))
    }

    /// As [`read`](Journal::read), for threads without a runtime. Panics inside one.
    pub fn read_blocking<T, E>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let answer = self.ask_reader(f).blocking_recv();
        answer.unwrap_or_else(|_| Err(E::from(Error::Panicked)))
    }

    /// Changes after every commit that wrote something. On PostgreSQL also within a moment of what another process
    /// wrote, and once a second in any case.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.0.desk.commits.subscribe()
    }

    /// Copies the database, as it is at one moment, into a new file, while the journal goes on. Blocks.
    ///
    /// SQLite only: for PostgreSQL the error says to use `pg_dump`. Fails when the file is already there.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        self.0.location.backup(to)
    }

    /// Looks for damage and for rows that point nowhere; gives one sentence for each finding. Blocks, and reads
    /// the whole file. PostgreSQL looks after itself: no findings.
    pub fn check(&self) -> Result<Vec<String>, Error> {
        match &self.0.location {
            Location::Sqlite(file) => sqlite::check(file),
            Location::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// Where the database is.
    pub fn location(&self) -> &Location {
        &self.0.location
    }

    /// Which database this is.
    pub fn dialect(&self) -> Dialect {
        self.0.location.dialect()
    }

    /// Prepares each statement, and the journal's own, without running it. The error names the statement.
    ///
    /// On SQLite a statement whose parameters do not first appear in rising order is refused: SQLite numbers them by
    /// appearance, so `$2` before `$1` would silently swap them. Blocks; panics inside a runtime.
    pub fn prepare_all(&self, statements: &[&'static Statement]) -> Result<Vec<Prepared>, Error> {
        let own = [positions::POSITIONS, counters::COUNTERS];
        let all: Vec<&'static Statement> =
            statements.iter().chain(own.into_iter().flatten()).copied().collect();
        self.read_blocking(move |tx| all.into_iter().map(|statement| tx.prepare(statement)).collect())
    }

    /// Takes nothing more, finishes what was handed in, and waits until the threads have ended.
    pub fn close(&self) {
        self.0.desk.close();
        let threads = std::mem::take(&mut *self.threads());
        for thread in threads {
            // A job may own a clone and close it; a thread cannot wait for itself.
            if thread.thread().id() != thread::current().id() && thread.join().is_err() {
                tracing::error!("a thread of the journal had panicked");
            }
        }
    }

    fn ask_writer<T, E, F>(&self, f: F) -> oneshot::Receiver<Result<T, E>>
    where
        F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (asker, answer) = oneshot::channel();
        self.submit(Box::new(Closure::new(f, asker)));
        answer
    }

    fn ask_reader<T, E, F>(&self, f: F) -> oneshot::Receiver<Result<T, E>>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (asker, answer) = oneshot::channel();
        if let Err(question) = self.0.desk.reads.put(Box::new(Question::new(f, asker))) {
            question.answer(Err(Error::Closed));
        }
        answer
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.0.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Not waited for: the last clone may be dropped where blocking is forbidden, or on one of the threads.
        self.desk.close();
    }
}
