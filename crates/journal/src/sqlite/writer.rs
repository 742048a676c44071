//! The thread that writes to SQLite and commits for all.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::batch::{commit_together, prepare};
use super::checkpoint::{Checkpoint, Log};
use super::connect;
use super::link::SqliteLink;
use crate::desk::Desk;
use crate::job::tell;
use crate::{Error, Job};

/// Jobs in one commit. More would make the first of them wait for the last without making any faster.
const BATCH_JOBS_MAX: usize = 1024;

/// Why the writer stopped using a connection.
enum Stopped {
    Closed,
    Broken(Error),
}

/// The writer's life: batch after batch, on a new connection when one is beyond repair.
pub(super) fn write_all(connection: Connection, file: &Path, log: &Arc<Log>, desk: &Desk) {
    let mut checkpoint = Checkpoint::new(file, Arc::clone(log));
    let mut connection = Ok(connection);
    loop {
        let stopped = match &connection {
            Ok(connection) => write_on(connection, &mut checkpoint, desk),
            Err(error) => refuse_once(error, desk),
        };
        match stopped {
            Stopped::Closed => return,
            Stopped::Broken(error) => {
                tracing::error!(%error, "the writer opens the database anew: {error}")
            }
        }
        connection = connect::writer(file, log);
    }
}

fn write_on(connection: &Connection, checkpoint: &mut Checkpoint, desk: &Desk) -> Stopped {
    let mut link = SqliteLink::new(connection, None);
    if let Err(error) = prepare(&mut link) {
        return refuse_once(&error, desk);
    }
    let mut jobs: Vec<Box<dyn Job>> = Vec::new();
    while desk.writes.take(&mut jobs, BATCH_JOBS_MAX) {
        commit_together(&mut link, &mut jobs, desk);
        if !link.is_autocommit() {
            return Stopped::Broken(Error::io("a transaction could not be ended"));
        }
        checkpoint.after_batch(connection);
    }
    drop(link);
    checkpoint.last(connection);
    Stopped::Closed
}

/// Answers everybody who waits now; then the connection is tried again.
fn refuse_once(error: &Error, desk: &Desk) -> Stopped {
    let mut jobs: Vec<Box<dyn Job>> = Vec::new();
    if !desk.writes.take(&mut jobs, BATCH_JOBS_MAX) {
        return Stopped::Closed;
    }
    for job in jobs {
        tell(job, Err(error.clone()));
    }
    Stopped::Broken(error.clone())
}
