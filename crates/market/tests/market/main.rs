//! What people can do on a site, and what follows: on SQLite, and on PostgreSQL where there is a server.
#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod elsewhere;
mod gate;
mod place;
mod post;
mod town;
mod treating;

mod accounts;
mod batches;
mod broken_disk;
mod keys;
mod letters;
mod listing;
mod lists;
mod managing;
mod matrix;
mod moderating;
mod news;
mod outage;
mod revising;
mod secrets;
mod story;
