//! Sites that trade with each other under one seed.
//!
//! Markets, databases and what speaks for them in the network are the product's own. What hubs promise is taken as given,
//! as the other stories show that it holds: everybody gets everything once and in the order of its origin, some time. When,
//! in which order between origins, who is cut off, what a crash interrupts, and who comes back from an old copy, follows
//! from the seed.
//!
//! - `log`: what the hub of a site gives it
//! - `site`: one site, and how it dies and comes back
//! - `world`: all of them, and what gets from one to the other
//! - `trade`: a story of people who list and bid while all kinds of things go wrong
//! - `level`: what must hold in the end

mod chance;
mod crash;
mod level;
mod log;
mod site;
mod trade;
mod world;

pub use trade::{Losses, traded};

/// How a story ended.
#[derive(Debug)]
pub struct Ending {
    /// What did not hold; empty if everything did.
    pub wrong: Vec<String>,
    /// How many bids were answered with yes.
    pub bids: usize,
    /// How many things happened.
    pub lines: u64,
    /// What happened, as a hash.
    pub hash: String,
}
