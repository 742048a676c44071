//! Hubs that run as programs of their own: linked, killed, started again, and commanded.

#![allow(clippy::unwrap_used, missing_docs)]

mod commanding;
mod delivering;
mod place;
mod serving;
