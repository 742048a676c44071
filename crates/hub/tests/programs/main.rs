//! Hubs that run as programs of their own: linked, killed, started again, and commanded.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod commanding;
mod dawdling;
mod delivering;
mod encrypting;
mod nginx;
mod place;
mod proxied;
mod serving;
