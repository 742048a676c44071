//! How a hub stands, as numbers and words: what its page, its counters and its commands are made from.

pub(crate) mod counted;
mod words;

pub(crate) use words::length;

use crate::key::PublicKey;
use crate::log::Fork;
use crate::node::Standing;
use crate::time::Time;
use std::collections::BTreeMap;

/// How everything stands.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// All neighbours.
    pub neighbours: Vec<Neighbour>,
    /// Envelopes that came, by what became of them: `new`, `duplicate`, `bad_signature` and so on.
    pub received: BTreeMap<&'static str, u64>,
    /// New envelopes by how many hubs they had passed, as neighbours say.
    pub hops: BTreeMap<&'static str, u64>,
    /// Greetings of who dialled that came to no link, by reason: `late`, `wrong_host`, `not_proved` and so on.
    pub refused_greetings: BTreeMap<&'static str, u64>,
    /// Envelopes that were sent to neighbours.
    pub sent: u64,
    /// Envelopes that were not delivered to somebody, by reason: `expired`, `retention`, `deactivated` and so on.
    pub discarded: BTreeMap<&'static str, u64>,
    /// Origins whose envelopes are kept.
    pub origins: u64,
    /// Origins of which envelopes came since this start, each with the neighbour that brings them first.
    pub ways: BTreeMap<PublicKey, PublicKey>,
    /// Envelopes in the log.
    pub envelopes: u64,
    /// Bytes of these.
    pub bytes: u64,
    /// Origins that have signed what cannot both be; the proofs are kept.
    pub forks: Vec<Fork>,
    /// What the webmaster should know, in sentences.
    pub alarms: Vec<String>,
}

/// How a neighbour stands.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Its key.
    pub key: PublicKey,
    /// What people call it.
    pub name: String,
    /// Where it can be dialled; empty if nowhere.
    pub address: String,
    /// It is one of our upstreams.
    pub is_upstream: bool,
    /// Whether it may link.
    pub standing: Standing,
    /// Since when the link is open; `None` if it is not.
    pub linked_since: Option<Time>,
    /// When its last link closed, as far as that is known since the start.
    pub last_seen: Option<Time>,
    /// Attempts to reach it that failed one after the other.
    pub attempts: u8,
    /// When it is tried again.
    pub next_attempt: Option<Time>,
    /// Since when it is deactivated, if it is.
    pub deactivated_since: Option<Time>,
    /// Envelopes that wait for it.
    pub lag_messages: u64,
    /// When the oldest of these was signed, if the log tells.
    pub oldest_waiting: Option<Time>,
    /// What became of the envelopes that were to go to it.
    pub account: Account,
    /// What went wrong last, in words, and when.
    pub last_error: Option<(Time, String)>,
}

/// What became of the envelopes for one neighbour: accepted = delivered + waiting + discarded − recovered, at any time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// To be delivered.
    pub accepted: u64,
    /// Acknowledged.
    pub delivered: u64,
    /// Neither yet.
    pub waiting: u64,
    /// Given up.
    pub discarded: u64,
    /// Given up, and delivered after all.
    pub recovered: u64,
}

impl Account {
    /// Whether nothing is missing in it.
    pub fn adds_up(&self) -> bool {
        self.accepted + self.recovered == self.delivered + self.waiting + self.discarded
    }
}

impl Neighbour {
    /// How long the oldest waiting envelope has waited, in seconds; `None` if the log does not tell.
    pub fn lag_seconds(&self, now: Time) -> Option<u64> {
        match self.oldest_waiting {
            _ if self.lag_messages == 0 => Some(0),
            oldest => oldest.map(|oldest| now.since(oldest).0 / 1_000_000),
        }
    }
}

impl Status {
    /// All envelopes that came.
    pub fn received_total(&self) -> u64 {
        self.received.values().sum()
    }

    /// How often a new envelope came, on the average: 1 is best, 2 means that each came twice.
    pub fn redundancy(&self) -> Option<f64> {
        let new = self.received.get("new").copied().filter(|new| *new > 0)?;
        let copies = new + self.received.get("duplicate").copied().unwrap_or(0);
        Some(copies as f64 / new as f64)
    }
}
