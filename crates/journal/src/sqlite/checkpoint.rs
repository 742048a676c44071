//! Keeping the write-ahead log short.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::connect::BUSY_TIMEOUT;

/// Reads that overlap without a gap keep the log from ever starting anew. From this size on the writer makes a gap.
const LOG_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Batches between two looks at the size of the log.
const BATCHES_BETWEEN_LOOKS: u32 = 256;

/// How long the writer, and so everybody, waits for readers to make that gap.
const PATIENCE: Duration = Duration::from_millis(100);

/// Keeps the write-ahead log short where SQLite's own checkpoints cannot.
pub(super) struct Checkpoint {
    log: PathBuf,
    batches: u32,
}

impl Checkpoint {
    pub(super) fn new(file: &Path) -> Checkpoint {
        let mut log = OsString::from(file);
        log.push("-wal");
        Checkpoint { log: PathBuf::from(log), batches: 0 }
    }

    pub(super) fn after_batch(&mut self, connection: &Connection) {
        self.batches += 1;
        if self.batches < BATCHES_BETWEEN_LOOKS {
            return;
        }
        self.batches = 0;
        if std::fs::metadata(&self.log).is_ok_and(|log| log.len() > LOG_BYTES_MAX) {
            truncate(connection);
        }
    }

    /// Leaves one file behind when the journal is closed.
    pub(super) fn last(connection: &Connection) {
        truncate(connection);
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
