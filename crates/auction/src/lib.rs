//! The auction rules, and nothing else.
//!
//! Everything here is a pure function: what is known + a command + the moment of its arrival give a
//! [`Decision`]. There is no clock, no network, no database and no randomness; the list of
//! dependencies is empty and stays so.
//!
//! # Map
//!
//! | to learn | open |
//! |---|---|
//! | what is known of one auction | [`Auction`], its [`Terms`] and its [`Standing`] |
//! | what can be asked | [`Command`], [`Deed`] |
//! | the order in which a command can fail | [`decide()`] |
//! | the price in ascending and reverse auctions | `ladder` |
//! | the other formats | `sealed`, `descending`, `buy_now` |
//! | when it ends | `soft_close`, `outage`, `close`, `end_early` |
//! | taking back | `take_back`, with [`replay`] |
//! | editing | [`revise`] |
//! | what strangers see | [`shown`] |
//! | every way of saying no | [`Refusal`] |
//!
//! # Invariants
//!
//! * The price follows from the sequence of entries; nothing is ever sorted.
//! * A refusal changes nothing but the number of the last entry.
//! * The state after an entry stands in the entry: folding entries gives the auction.
//! * Money is whole minor units. There is no float.

mod buy_now;
mod close;
mod command;
mod currency;
mod decide;
mod descending;
mod end_early;
mod entry;
mod ladder;
mod money;
mod outage;
mod people;
mod refusal;
mod reserve;
mod sealed;
mod soft_close;
mod standing;
mod state;
mod steps;
mod take_back;
mod terms;
mod time;
mod told;

pub mod replay;
pub mod revise;
pub mod shown;

pub use command::{Command, CommandId, Deed, Which};
pub use currency::Currency;
pub use decide::{Case, Decision, decide};
pub use entry::{Entry, Verdict};
pub use ladder::Side;
pub use money::{Amount, Decimal, NotADecimal};
pub use outage::OUTAGE_WINDOW;
pub use people::{Actor, Bidder, Person, TakenBack};
pub use refusal::Refusal;
pub use standing::{Leader, Outcome, Phase, Standing};
pub use state::{Auction, Progress};
pub use steps::{Step, StepTable};
pub use terms::{Clock, Extension, Format, Problem, Terms};
pub use time::{Span, Time};
