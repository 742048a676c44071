//! Keeping the write-ahead log short.
//!
//! What was committed is copied from the log into the file, so that the log can begin anew and its blocks are used
//! again. SQLite by itself would do that within a commit, while everybody waits. Here a thread beside the writer
//! copies while commits go on; the writer copies only the rest that came meanwhile, and then the log begins anew.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use super::connect::BUSY_TIMEOUT;

/// Frames (pages) in the log from which on it is copied: 32 MiB. Pages that change with every batch are copied once.
const COPY_FROM: u32 = 8192;

/// The rest that the writer copies itself: about a millisecond.
const REST_FRAMES: u32 = 400;

/// How often the copier follows what came meanwhile before it leaves the rest to the writer, however long.
const ROUNDS: u32 = 6;

/// Reads that overlap without a gap keep the log from ever beginning anew. From this size on the writer makes a gap.
const LOG_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Batches between two looks at the size of the log.
const BATCHES_BETWEEN_LOOKS: u32 = 256;

/// How long the writer, and so everybody, waits for readers to make that gap.
const PATIENCE: Duration = Duration::from_millis(100);

/// What the writer and the copier tell each other.
#[derive(Default)]
pub(super) struct Log {
    /// Frames in the log after the last commit.
    frames: AtomicU32,
    copying: Mutex<Copying>,
    news: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Copying {
    #[default]
    Resting,
    Asked,
    Done,
    Closed,
}

impl Log {
    /// Learns of the length of the log with every commit of this connection.
    pub(super) fn follow(self: &Arc<Log>, connection: &mut Connection) -> rusqlite::Result<()> {
        let log = Arc::clone(self);
        connection.wal_hook(Some(move |_: &mut Wal, frames| {
            log.frames.store(u32::try_from(frames).unwrap_or(0), Ordering::Relaxed);
            Ok(())
        }))
    }

    fn frames(&self) -> u32 {
        self.frames.load(Ordering::Relaxed)
    }

    fn copying(&self) -> MutexGuard<'_, Copying> {
        self.copying.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, copying: Copying) {
        *self.copying() = copying;
        self.news.notify_all();
    }

    /// Waits while it is so; gives what it is then.
    fn wait_while(&self, is_so: impl Fn(Copying) -> bool) -> Copying {
        let guard = self.copying();
        let guard = self.news.wait_while(guard, |copying| is_so(*copying));
        *guard.unwrap_or_else(PoisonError::into_inner)
    }
}

/// The copier's life.
pub(super) fn copy_when_asked(connection: &Connection, log: &Log) {
    // However this ends, nobody waits for it.
    let _end = Closing(log);
    while log.wait_while(|copying| matches!(copying, Copying::Resting | Copying::Done)) == Copying::Asked {
        for _ in 0..ROUNDS {
            let Some(copied) = copy(connection) else { break };
            if log.frames().saturating_sub(copied) <= REST_FRAMES {
                break;
            }
        }
        // Unless it was closed meanwhile.
        let mut copying = log.copying();
        if *copying == Copying::Asked {
            *copying = Copying::Done;
        }
        drop(copying);
        log.news.notify_all();
    }
}

/// Sets [`Copying::Closed`] when it goes.
struct Closing<'a>(&'a Log);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.set(Copying::Closed);
    }
}

/// Copies what no read of older pages needs; gives how many frames of the log are in the file now. Nothing where
/// somebody else copies.
fn copy(connection: &Connection) -> Option<u32> {
    let copied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>(2));
    let copied = copied.inspect_err(|error| {
        tracing::warn!(%error, "the write-ahead log could not be copied: {error}");
    });
    copied.ok().and_then(|frames| u32::try_from(frames).ok())
}

/// The writer's part.
pub(super) struct Checkpoint {
    log: Arc<Log>,
    file: PathBuf,
    batches: u32,
    /// Frames after the batch before.
    before: u32,
    /// From so many frames on the copier is asked.
    next: u32,
}

impl Checkpoint {
    pub(super) fn new(file: &Path, log: Arc<Log>) -> Checkpoint {
        let mut name = OsString::from(file);
        name.push("-wal");
        Checkpoint { log, file: PathBuf::from(name), batches: 0, before: 0, next: COPY_FROM }
    }

    pub(super) fn after_batch(&mut self, connection: &Connection) {
        let frames = self.log.frames();
        if frames < self.before {
            self.next = COPY_FROM;
        }
        self.before = frames;
        let copying = *self.log.copying();
        match copying {
            Copying::Done => {
                copy(connection);
                self.next = frames + COPY_FROM;
                self.log.set(Copying::Resting);
            }
            Copying::Resting if frames >= self.next => self.log.set(Copying::Asked),
            _ => {}
        }
        self.batches += 1;
        if self.batches >= BATCHES_BETWEEN_LOOKS && *self.log.copying() != Copying::Asked {
            self.batches = 0;
            if std::fs::metadata(&self.file).is_ok_and(|log| log.len() > LOG_BYTES_MAX) {
                truncate(connection);
            }
        }
    }

    /// Leaves one file behind when the journal is closed.
    pub(super) fn last(&self, connection: &Connection) {
        self.log.wait_while(|copying| copying == Copying::Asked);
        truncate(connection);
    }
}

impl Drop for Checkpoint {
    /// Ends the copier.
    fn drop(&mut self) {
        self.log.set(Copying::Closed);
    }
}

fn truncate(connection: &Connection) {
    let truncated = connection
        .busy_timeout(PATIENCE)
        .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    if let Err(error) = truncated.and(connection.busy_timeout(BUSY_TIMEOUT)) {
        tracing::warn!(%error, "the write-ahead log could not be shortened: {error}");
    }
}
