//! A thread that writes to PostgreSQL, one transaction a job.

use std::thread;
use std::time::Duration;

use ::postgres::{Config, IsolationLevel};

use super::errors::{explain, leaves_doubt};
use super::link::PostgresLink;
use super::session::{Open, Session};
use crate::desk::Desk;
use crate::job::{Ran, attempt, tell};
use crate::{Error, Job};

/// How often a job is run before its asker hears that the database is busy. Whoever loses a deadlock usually wins
/// the next time, so ten losses in a row mean that something is wrong.
const RUNS_MAX: u32 = 10;

/// What came of one transaction.
enum Outcome {
    Committed {
        changed: bool,
    },
    /// Nothing was stored and running it again would not help.
    Refused(Error),
    /// Nothing was stored, and another run may succeed.
    Again(Error),
    /// The connection is gone, but it is certain that nothing was stored.
    Lost(Error),
    /// The connection is gone and with it the answer to the commit.
    Doubt,
}

/// A writer's life: one job after the other, each in a transaction of its own.
pub(super) fn write_all(config: Config, desk: &Desk) {
    let mut session = Session::new(config, "SET application_name = 'journal writer'".to_owned());
    while let Some(mut job) = desk.writes.next() {
        let outcome = run_until_done(job.as_mut(), &mut session, desk);
        tell(job, outcome);
    }
}

fn run_until_done(job: &mut dyn Job, session: &mut Session, desk: &Desk) -> Result<(), Error> {
    let mut run = 1;
    loop {
        let (error, lost) = match run_once(job, session) {
            Outcome::Committed { changed } => {
                if changed {
                    desk.committed();
                }
                return Ok(());
            }
            Outcome::Refused(error) => return Err(error),
            Outcome::Doubt => {
                session.drop_connection();
                tracing::error!("the connection was lost during a commit");
                return Err(Error::Unknown);
            }
            Outcome::Again(error) => (error, false),
            Outcome::Lost(error) => (error, true),
        };
        if run >= RUNS_MAX {
            return Err(error);
        }
        if lost {
            session.drop_connection();
        } else {
            thread::sleep(pause(run));
        }
        run += 1;
    }
}

/// Grows, so that the winner of a deadlock is through before the loser takes its first lock again: running at once
/// was seen to lock the same two out three times in a row.
fn pause(run: u32) -> Duration {
    Duration::from_millis(u64::from(5 * run * run).min(100))
}

fn run_once(job: &mut dyn Job, session: &mut Session) -> Outcome {
    let Open { client, statements } = match session.open() {
        Ok(open) => open,
        Err(error) => return Outcome::Refused(error),
    };
    let begun = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start();
    let mut transaction = match begun {
        Ok(transaction) => transaction,
        Err(error) => return Outcome::Lost(explain(&error)),
    };
    let mut link = PostgresLink { transaction: &mut transaction, statements, deadline: None };
    let Ran { verdict, failed, changed } = attempt(job, &mut link);
    match (verdict, failed) {
        (Ok(()), _) => committed(transaction.commit(), changed),
        (Err(_), Some(Error::Busy)) => {
            // Ended before the next run, so that the other side of a deadlock goes on.
            let _ = transaction.rollback();
            Outcome::Again(Error::Busy)
        }
        (Err(refusal), failed) => match (transaction.rollback(), failed) {
            (Err(_), Some(error @ Error::Io(_))) => Outcome::Lost(error),
            _ => Outcome::Refused(refusal),
        },
    }
}

fn committed(answer: Result<(), ::postgres::Error>, changed: bool) -> Outcome {
    match answer {
        Ok(()) => Outcome::Committed { changed },
        Err(error) if leaves_doubt(&error) => Outcome::Doubt,
        Err(error) => match explain(&error) {
            Error::Busy => Outcome::Again(Error::Busy),
            other => Outcome::Refused(other),
        },
    }
}
