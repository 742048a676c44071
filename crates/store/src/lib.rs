//! The site's tables and statements: everything in the site that knows SQL.
//!
//! # Map
//!
//! | table | file | what stands there |
//! |---|---|---|
//! | `auctions` | [`auctions`] | terms and standing of each auction |
//! | `listings`, `additions` | [`listings`] | its words; lists of auctions for pages |
//! | `entries` | [`entries`] | one row a decision: bid, receipt and answer in one |
//! | `bidders` | [`bidders`] | what is known of a person in an auction |
//! | `people` | [`people`] | accounts |
//! | `sessions`, `tokens`, `links` | [`keys`] | what opens a door, as hashes only |
//! | `letters` | [`letters`] | letters that are due, and what became of them |
//! | `answers` | [`answers`] | answers to repeated commands that are no bids |
//! | `site` | [`site`] | the few facts about the site itself |
//! | `sites` | [`sites`] | other sites that were heard of |
//! | `replicas`, `replica_entries` | [`replicas`] | auctions of other sites, as these told them |
//! | `sent_bids` | [`sent_bids`] | bids of people of this site on them |
//! | `guests`, `guest_bids` | [`guests`], [`guest_bids`] | people of other sites, and their bids on auctions of this one |
//! | `envelopes`, `receipts` | [`receipts`] | what sites signed about auctions, byte for byte |
//! | `announced`, `told_rulings`, `outgoing` | [`announced`], [`told_rulings`], [`outgoing`] | what the network was told, and what is on its way |
//! | | [`level`] | whether everything is known that another site has decided |
//! | `passed_over` | [`passed_over`] | what of other sites was not taken in, and why |
//!
//! [`ledger`] is the bid path: it loads what a batch of commands needs and appends what was decided; [`decided`] knows
//! which commands were decided already. Every statement stands in [`STATEMENTS`] and is prepared on both databases by the tests.
//!
//! Functions take a [`Tx`]; who calls decides where a transaction begins and ends. Stored forms of the rules'
//! types are made in [`encoding`]: renaming a rule type is no migration.

pub mod announced;
pub mod answers;
pub mod auctions;
pub mod bidders;
pub mod decided;
pub mod encoding;
pub mod entries;
pub mod guest_bids;
pub mod guests;
pub mod keys;
pub mod ledger;
pub mod letters;
pub mod level;
pub mod listings;
pub mod outgoing;
pub mod passed_over;
pub mod people;
pub mod receipts;
pub mod replicas;
pub mod sent_bids;
pub mod site;
pub mod sites;
pub mod told_rulings;

mod check;
mod schema;

pub use check::check;
pub use journal::{Error, Failure, Job, Journal, Location, OpenError, Options, Tx, move_position, position};
pub use schema::{SCHEMA, STATEMENTS, open};
