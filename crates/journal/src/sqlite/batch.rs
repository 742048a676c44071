//! One transaction for everything that waited, each job but the first in a savepoint.

use super::link::SqliteLink;
use crate::desk::Desk;
use crate::job::{Ran, attempt, tell};
use crate::tx::Link;
use crate::{Error, Job};

crate::statements! {
    ALL;
    BEGIN = "BEGIN IMMEDIATE";
    COMMIT = "COMMIT";
    ROLLBACK = "ROLLBACK";
    SAVEPOINT = "SAVEPOINT job";
    RELEASE = "RELEASE job";
    ROLLBACK_JOB = "ROLLBACK TO job";
}

/// Prepares what every batch needs, so that a full disk cannot get in the way of a rollback.
pub(super) fn prepare(link: &mut SqliteLink<'_>) -> Result<(), Error> {
    ALL.iter().try_for_each(|statement| link.keep_ready(statement))
}

/// Runs all jobs in one transaction, commits once, tells each. Leaves `jobs` empty.
pub(super) fn commit_together(link: &mut SqliteLink<'_>, jobs: &mut Vec<Box<dyn Job>>, desk: &Desk) {
    match run_and_commit(link, jobs) {
        Ok(ran) => {
            if ran.iter().any(|ran| ran.changed) {
                desk.committed();
            }
            for (job, ran) in jobs.drain(..).zip(ran) {
                tell(job, ran.verdict);
            }
        }
        Err(error) => {
            undo(link);
            for job in jobs.drain(..) {
                tell(job, Err(error.clone()));
            }
        }
    }
}

/// An error is everybody's: nothing of the batch was committed, or ([`Error::Unknown`]) nobody knows.
fn run_and_commit(link: &mut SqliteLink<'_>, jobs: &mut [Box<dyn Job>]) -> Result<Vec<Ran>, Error> {
    if let Some(place) = jobs.iter().position(|job| job.goes_first()) {
        jobs[..=place].rotate_right(1);
    }
    link.run(&BEGIN, &[])?;
    let mut all = Vec::with_capacity(jobs.len());
    for job in jobs {
        let ran =
            if all.is_empty() { run_first(link, job.as_mut()) } else { run_in_savepoint(link, job.as_mut()) };
        all.push(ran?);
    }
    commit(link)?;
    Ok(all)
}

/// Nothing was changed before the first job: the transaction itself can be rolled back, and a savepoint, for which
/// SQLite would copy every page that changes, is not needed.
fn run_first(link: &mut SqliteLink<'_>, job: &mut dyn Job) -> Result<Ran, Error> {
    let ran = attempt(job, link);
    still_open(link, &ran)?;
    if ran.verdict.is_err() {
        link.run(&ROLLBACK, &[])?;
        link.run(&BEGIN, &[])?;
    }
    Ok(ran)
}

fn run_in_savepoint(link: &mut SqliteLink<'_>, job: &mut dyn Job) -> Result<Ran, Error> {
    link.run(&SAVEPOINT, &[])?;
    let ran = attempt(job, link);
    still_open(link, &ran)?;
    if ran.verdict.is_err() {
        link.run(&ROLLBACK_JOB, &[])?;
    }
    link.run(&RELEASE, &[])?;
    Ok(ran)
}

/// A full disk or a failed write ends the transaction of the whole batch, not only the statement.
fn still_open(link: &SqliteLink<'_>, ran: &Ran) -> Result<(), Error> {
    if !link.is_autocommit() {
        return Ok(());
    }
    let error = ran.failed.clone().unwrap_or_else(|| Error::io("the transaction ended by itself"));
    tracing::error!(%error, "a batch was lost: {error}");
    Err(error)
}

fn commit(link: &mut SqliteLink<'_>) -> Result<(), Error> {
    match link.run(&COMMIT, &[]) {
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::error!(%error, "a commit failed: {error}");
            Err(Error::Unknown)
        }
    }
}

/// Ends a transaction that is still open. If that fails as well, the writer opens the file anew.
fn undo(link: &mut SqliteLink<'_>) {
    if !link.is_autocommit()
        && let Err(error) = link.run(&ROLLBACK, &[])
    {
        tracing::error!(%error, "a rollback failed: {error}");
    }
}
