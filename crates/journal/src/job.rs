//! What the writer does, and whom it tells.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use crate::tx::Link;
use crate::{Error, Tx};

/// "Roll this job back, and it alone." The job keeps its reason inside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure;

impl From<Error> for Failure {
    /// So that `?` works in [`Job::run`]; the caller learns of the error through [`Job::done`].
    fn from(_: Error) -> Failure {
        Failure
    }
}

/// What the writer does in one transaction, and whom it tells.
pub trait Job: Send {
    /// Does the work. May run more than once (PostgreSQL re-runs after a deadlock): keep nothing from an earlier run.
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure>;

    /// Called once, after the commit (`Ok`) or when nothing of this job was stored (`Err`; for [`Error::Unknown`] when
    /// that cannot be told). [`Error::RolledBack`] means that `run` failed by its own word and that what it saw before
    /// is committed. Runs on the writer's thread, so it must be quick.
    fn done(self: Box<Self>, outcome: Result<(), Error>);

    /// The first job of a commit costs less to undo. One that writes much says yes, and goes before those that came
    /// earlier and wait as well.
    fn goes_first(&self) -> bool {
        false
    }
}

/// What came of one run of a job.
pub(crate) struct Ran {
    /// `Ok` when the job may be committed.
    pub(crate) verdict: Result<(), Error>,
    /// The first error of a statement.
    pub(crate) failed: Option<Error>,
    /// True when it may have changed a row.
    pub(crate) changed: bool,
}

/// Runs a job inside a transaction that is already open. A panic ends here.
pub(crate) fn attempt(job: &mut dyn Job, link: &mut dyn Link) -> Ran {
    let mut tx = Tx::new(link);
    let said = catch_unwind(AssertUnwindSafe(|| job.run(&mut tx)));
    let failed = tx.failed().cloned();
    let verdict = match (said, &failed) {
        (Err(_), _) => Err(Error::Panicked),
        // The reason that a job keeps for itself is an error of its own or the error of a statement, wrapped.
        (Ok(Err(Failure)), _) => Err(Error::RolledBack),
        // PostgreSQL would answer such a COMMIT with a ROLLBACK and no error.
        (Ok(Ok(())), Some(error)) => Err(error.clone()),
        (Ok(Ok(())), None) => Ok(()),
    };
    let changed = verdict.is_ok() && tx.changed();
    Ran { verdict, failed, changed }
}

/// Tells a job its outcome. A panic there must not end the writer.
pub(crate) fn tell(job: Box<dyn Job>, outcome: Result<(), Error>) {
    if catch_unwind(AssertUnwindSafe(|| job.done(outcome))).is_err() {
        tracing::error!("a job panicked while it was told its outcome");
    }
}

/// The job behind [`Journal::write`](crate::Journal::write): a closure and the place where its answer is awaited.
pub(crate) struct Closure<F, T, E> {
    work: F,
    answer: Option<Result<T, E>>,
    asker: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Closure<F, T, E> {
    pub(crate) fn new(work: F, asker: oneshot::Sender<Result<T, E>>) -> Closure<F, T, E> {
        Closure { work, answer: None, asker }
    }
}

impl<F, T, E> Job for Closure<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.answer = None;
        let answer = (self.work)(tx);
        let verdict = answer.as_ref().map(|_| ()).map_err(|_| Failure);
        self.answer = Some(answer);
        verdict
    }

    fn done(self: Box<Self>, outcome: Result<(), Error>) {
        let answer = match (outcome, self.answer) {
            (Ok(()) | Err(Error::RolledBack), Some(answer)) => answer,
            (Ok(()), None) => Err(E::from(Error::Closed)),
            (Err(error), _) => Err(E::from(error)),
        };
        // Whoever asked may have gone; what was committed stays.
        let _ = self.asker.send(answer);
    }
}

/// The work of a reader: gets a transaction, or the reason why there is none.
pub(crate) trait Reading: Send {
    /// True when nobody waits for the answer any more.
    fn abandoned(&self) -> bool;

    fn answer(self: Box<Self>, tx: Result<&mut Tx<'_>, Error>);
}

/// The reading behind [`Journal::read`](crate::Journal::read).
pub(crate) struct Question<F, T, E> {
    work: F,
    asker: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Question<F, T, E> {
    pub(crate) fn new(work: F, asker: oneshot::Sender<Result<T, E>>) -> Question<F, T, E> {
        Question { work, asker }
    }
}

impl<F, T, E> Reading for Question<F, T, E>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn abandoned(&self) -> bool {
        self.asker.is_closed()
    }

    fn answer(self: Box<Self>, tx: Result<&mut Tx<'_>, Error>) {
        let Question { work, asker } = *self;
        let answer = match tx {
            Ok(tx) => match catch_unwind(AssertUnwindSafe(|| work(tx))) {
                Ok(answer) => answer,
                Err(_) => Err(E::from(Error::Panicked)),
            },
            Err(error) => Err(E::from(error)),
        };
        let _ = asker.send(answer);
    }
}
