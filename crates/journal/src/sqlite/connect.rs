//! Opening a SQLite file with the settings that it needs.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::checkpoint::Log;
use super::errors::explain;
use crate::{Error, OpenError};

/// Before 3.51.3 a write-ahead log could be reset while it was in use, which corrupts the file.
const OLDEST_VERSION: i32 = 3_051_003;

/// How long a connection waits for another process that holds the file.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_millis(5000);

/// `FULL` syncs the log at every commit. The feature exists to see the proof of durability fail.
const SYNCHRONOUS: &str = if cfg!(feature = "unsafe-no-sync") { "OFF" } else { "FULL" };

pub(super) fn refuse_old_version() -> Result<(), OpenError> {
    if rusqlite::version_number() >= OLDEST_VERSION {
        return Ok(());
    }
    Err(OpenError::TooOldSqlite { found: rusqlite::version().to_owned() })
}

/// Opens the one connection that writes; makes the file when it is missing.
pub(super) fn writer(file: &Path, log: &Arc<Log>) -> Result<Connection, Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = open(file, flags)?;
    let mode: String =
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(explain)?;
    if mode != "wal" {
        return Err(Error::io("this file system cannot keep a write-ahead log"));
    }
    settle(&connection, &format!("PRAGMA synchronous = {SYNCHRONOUS}"))?;
    // Instead of SQLite's own checkpoints, which would use the same hook.
    log.follow(&mut connection).map_err(explain)?;
    Ok(connection)
}

/// Opens a connection that only copies the write-ahead log into the file.
pub(super) fn copier(file: &Path) -> Result<Connection, Error> {
    let connection = open(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settle(&connection, &format!("PRAGMA synchronous = {SYNCHRONOUS}; PRAGMA wal_autocheckpoint = 0"))?;
    Ok(connection)
}

/// Opens a connection that can only read. Only the writer moves the write-ahead log back into the file.
pub(super) fn reader(file: &Path) -> Result<Connection, Error> {
    let connection = open(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settle(&connection, "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0")?;
    Ok(connection)
}

fn open(file: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(file, flags).map_err(explain)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(explain)?;
    // One plan for each statement, whatever it is asked: else some are planned anew at every run.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(explain)?;
    settle(
        &connection,
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA mmap_size = 0",
    )?;
    Ok(connection)
}

/// Runs a migration with foreign keys off: a table that is rebuilt would otherwise take its children with it.
pub(super) fn without_foreign_keys<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, OpenError>,
) -> Result<T, OpenError> {
    settle(connection, "PRAGMA foreign_keys = OFF")?;
    let answer = work(connection)?;
    settle(connection, "PRAGMA foreign_keys = ON")?;
    Ok(answer)
}

fn settle(connection: &Connection, pragmas: &str) -> Result<(), Error> {
    connection.execute_batch(pragmas).map_err(explain)
}
