//! The tables and statements: on SQLite, and on PostgreSQL where there is a server.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod place;
mod scene;

mod checking;
mod decided;
mod newer;
mod plans;
mod round_trips;
mod schema;
mod statements;
mod terms;
