//! Networked sites: a hub in the middle, a site below it, and another site below that one.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "network/bidding.rs"]
mod bidding;
#[path = "network/chain.rs"]
mod chain;
#[path = "network/copies.rs"]
mod copies;
#[path = "network/looking.rs"]
mod looking;
#[path = "network/programs.rs"]
mod programs;
mod town;
