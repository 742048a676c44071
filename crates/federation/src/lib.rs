//! Auction messages between sites: what travels, sealed and to the byte.
//!
//! `docs/protocol.md`, part 2, is the contract with other sites. Here is no HTTP, no SQL and no clock; chance is handed in.
//!
//! | to learn | open |
//! |---|---|
//! | which messages there are, and how one is read and written | [`wire`] |
//! | how a message is made from the rules, past the one wall | [`wire::rulings`], [`wire::state()`] |
//! | what only the origin, or only the bidder's site, can read | [`sealing`] |
//! | how an amount is fixed before it is shown | [`commitment`] |
//! | how rulings hang together | [`chain`] |
//! | what stands for a person and for a mail address | [`pseudonym`] |
//! | how anybody can check an auction afterwards | [`verify()`] |

pub mod chain;
pub mod commitment;
pub mod pseudonym;
pub mod sealing;
pub mod verify;
pub mod wire;

pub use verify::verify;
