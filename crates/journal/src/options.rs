//! How many threads a database gets, and how long a read may take.

use std::time::Duration;

/// How many threads a journal keeps, and for how long a read may run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that answer reads, each with its own connection; at least 1.
    pub readers: usize,
    /// Threads that write, each with its own connection. PostgreSQL only: SQLite has one writer.
    pub writers: usize,
    /// A read that runs longer is cut with [`Error::TooLong`](crate::Error::TooLong). On SQLite an old snapshot keeps
    /// the write-ahead log from being recycled, so that it would grow without end.
    pub read_limit: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options { readers: 4, writers: 1, read_limit: Duration::from_secs(30) }
    }
}
