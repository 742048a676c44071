//! Auction messages between sites: what travels, sealed and to the byte.
//!
//! `docs/protocol.md`, part 2, is the contract with other sites. Here is no HTTP and no SQL. What travels is pure: without
//! clock or socket, chance is handed in. What stands between market and hub calls it.
//!
//! | to learn | open |
//! |---|---|
//! | which messages there are, and how one is read and written | [`wire`] |
//! | how a message is made from the rules, past the one wall | [`wire::rulings`], [`wire::state()`] |
//! | what only the origin, or only the bidder's site, can read | [`sealing`] |
//! | how an amount is fixed before it is shown | [`commitment`] |
//! | how rulings hang together | [`chain`] |
//! | what stands for a person and for a mail address | [`pseudonym`] |
//! | what joins a market to a hub | [`Federation`], `jobs` |
//! | how much of one site is taken in | [`Limits`] |
//! | what this site tells others | `tell` |
//! | what it does with what others say | `hear` |
//! | what was kept for who checks an auction | [`receipts`] |
//! | whether two sites are level | [`digest()`] |
//! | what a restored site takes back, and from what | `recover`, `memo` |
//! | how anybody can check an auction afterwards | [`verify()`] |

pub mod chain;
pub mod commitment;
mod digest;
mod federation;
mod hear;
mod jobs;
mod kept;
mod limits;
mod memo;
pub mod pseudonym;
mod recover;
mod recovery_keys;
pub mod sealing;
mod secrets;
mod tell;
pub mod verify;
pub mod wire;

pub use digest::{Digest, digest};
pub use federation::{Federation, Introduction, Options};
pub use kept::receipts;
pub use limits::Limits;
pub use recover::Recovered;
pub use verify::verify;
