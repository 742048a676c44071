//! Prints the test vectors of `docs/protocol.md`, part 2: `cargo xtask generate` keeps them in `docs/vectors/`.
//!
//! | file | what |
//! |---|---|
//! | `messages` | messages as they travel, right and wrong |
//! | `sealing` | boxes with what is in them; commitments, pseudonyms, digests |
//! | `receipts` | files of receipts, and what a check says of them |
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    dead_code,
    reason = "it prints, and what it prints is looked at; the stage is that of the tests"
)]

mod messages;
mod receipts;
mod sealing;
#[path = "../../tests/messages/stage.rs"]
mod stage;

use serde_json::Value;

fn print(vectors: &Value) {
    println!("{}", serde_json::to_string_pretty(vectors).unwrap());
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("messages") => print(&messages::all()),
        Some("sealing") => print(&sealing::all()),
        Some("receipts") => print(&receipts::all()),
        _ => println!("one of: messages, sealing, receipts"),
    }
}
