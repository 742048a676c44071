//! Four sites and three hubs, all of them real programs, each with a folder of its own.
//!
//! `ANUKO_LONG=1` bids as often as 1,000 times; `--nocapture` says how long things took.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "four_sites/agreeing.rs"]
mod agreeing;
#[path = "four_sites/network.rs"]
mod network;
#[path = "four_sites/outages.rs"]
mod outages;
mod town;
