//! What travels between sites: read, written, sealed, made from the rules, checked afterwards.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod fuzz;
mod reading;
mod sealing;
mod secrets;
mod stage;
mod story;
mod vectors;
mod verifying;
