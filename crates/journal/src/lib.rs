//! One writer that commits for many, readers with positions, migrations, backup.
//!
//! A [`Journal`] is one database, SQLite or PostgreSQL, and the threads that talk to it. It knows no table but its own
//! two (`positions`, `counters`) and nothing of what is written through it.
//!
//! # The story of a write
//!
//! 1. Somebody hands in a [`Job`] ([`Journal::submit`]), or a closure, which [`Journal::write`] makes into one.
//!    It waits in a queue.
//! 2. The writer thread takes everything that waits. On SQLite the whole batch is one transaction, each job in a
//!    savepoint of its own, so that a failing job is rolled back alone; on PostgreSQL each job is a transaction.
//! 3. A job speaks to the tables through a [`Tx`]: a [`Statement`], its [`Arg`]s, the [`Row`]s of the answer.
//! 4. One commit, which is one sync of the disk for the whole batch. Only then is each job told; a yes is on disk.
//! 5. [`Journal::commits`] changes, which wakes the readers of what was written. Each has a named [`position`], which
//!    it moves in the transaction that writes what it did.
//!
//! Reads ([`Journal::read`]) run on threads of their own, each in a snapshot that writes do not disturb.
//!
//! # The parts
//!
//! | file | what |
//! |---|---|
//! | `journal` | the handle: open, write, read, close |
//! | `location`, `options` | where the database is, how many threads it gets |
//! | `statement`, `arg`, `row`, `tx` | how SQL is said, the same for both databases |
//! | `job` | what the writer does and whom it tells |
//! | `unchanged` | whether what was read is still what is there |
//! | `desk`, `queue` | what the handle and its threads share; what waits for a thread |
//! | `deadline` | when a read has to end |
//! | `positions`, `counters` | the journal's own two tables |
//! | `migrate` | bringing tables up to date |
//! | `prepared` | what a database makes of a statement, for tests |
//! | `sqlite/` | connection, writer, readers, backup, check |
//! | `postgres/` | connection, writers, readers, the word from other processes |
//!
//! # What can be relied on
//!
//! - `Ok` from a write means that it is on disk. [`Error::Unknown`] means that nobody can tell; every other error
//!   means that nothing was stored.
//! - A job that fails or panics harms nobody else, unless the disk fails: then the whole batch gets that error.
//! - After the first error in a transaction nothing of that transaction is committed, on both databases.
//! - Jobs are run in the order in which they came, except that of those that wait one may ask to go first (with several
//!   PostgreSQL writers: begun in that order).
//!
//! # What is deliberately absent
//!
//! - Waiting to collect a bigger batch. It makes answers later and the throughput no better.
//! - SQL put together at run time: a statement is a `static`, and tests prepare each one on both databases.
//! - Deferred constraints: on SQLite they would fail at the commit, and so for everybody in the batch.
//! - Logging of the values that are written.

mod arg;
mod counters;
mod deadline;
mod desk;
mod error;
mod job;
mod journal;
mod location;
mod migrate;
mod options;
mod positions;
mod postgres;
mod prepared;
mod queue;
mod row;
mod sqlite;
mod statement;
mod tx;
mod unchanged;

pub use arg::Arg;
pub use counters::take_block;
pub use error::{Error, OpenError};
pub use job::{Failure, Job};
pub use journal::Journal;
pub use location::{Dialect, Location};
pub use migrate::{Migration, Schema};
pub use options::Options;
pub use positions::{hold_position, move_position, position};
pub use prepared::{Class, Column, Prepared};
pub use row::Row;
pub use statement::Statement;
pub use tx::Tx;
pub use unchanged::Mark;
