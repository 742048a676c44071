//! Prints the test vectors of `docs/protocol.md`: `cargo xtask generate` keeps them in `docs/vectors/`.
//!
//! | file | what |
//! |---|---|
//! | `keys` | keys from fixed seeds; keys that are refused |
//! | `signatures` | what is signed; odd signatures, and which of them are accepted |
//! | `envelopes` | envelopes, right and wrong |
//! | `frames` | frames, right and wrong; the proof at the beginning of a link |
//! | `points` | points and signatures that no careful signer makes |
//! | `shape` | what is printed |
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "it prints, and what it prints is looked at")]

mod envelopes;
mod frames;
mod keys;
mod points;
mod shape;
mod signatures;

use serde::Serialize;

fn print(vectors: &impl Serialize) {
    println!("{}", serde_json::to_string_pretty(vectors).unwrap());
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("keys") => print(&keys::all()),
        Some("signatures") => print(&signatures::all()),
        Some("envelopes") => print(&envelopes::all()),
        Some("frames") => print(&frames::all()),
        _ => println!("one of: keys, signatures, envelopes, frames"),
    }
}
