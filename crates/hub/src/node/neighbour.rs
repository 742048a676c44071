//! A neighbour, whether it is linked or not: what waits for it, and how often it was tried.

use super::{LinkId, RestoredNeighbour, Standing};
use crate::envelope::StreamId;
use crate::key::PublicKey;
use crate::ranges::Ranges;
use crate::time::{Span, Time};
use std::collections::BTreeMap;

/// How long after the attempt before, each give or take a fifth.
pub const ATTEMPTS: [Span; 10] = [
    Span::seconds(5),
    Span::seconds(30),
    Span::minutes(2),
    Span::minutes(10),
    Span::minutes(30),
    Span::hours(1),
    Span::hours(2),
    Span::hours(4),
    Span::hours(8),
    Span::hours(8),
];

/// Envelopes, since this node started. `accepted = delivered + waiting + discarded - recovered`, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// That this neighbour should have.
    pub accepted: u64,
    /// That it has: it said so, or it sent them.
    pub delivered: u64,
    /// Unsent when all attempts had failed.
    pub discarded_deactivated: u64,
    /// Unsent when the log let go of them.
    pub discarded_retention: u64,
    /// Larger than what this neighbour takes.
    pub discarded_refused: u64,
    /// Past their ttl before they were sent.
    pub discarded_expired: u64,
    /// Discarded, and waiting or delivered after all.
    pub recovered: u64,
}

impl Counters {
    /// All that was discarded, for whatever reason.
    pub fn discarded(&self) -> u64 {
        self.discarded_deactivated
            + self.discarded_retention
            + self.discarded_refused
            + self.discarded_expired
    }
}

/// A neighbour.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// Its key.
    pub key: PublicKey,
    /// What people call it.
    pub name: String,
    /// Where it can be dialled; empty if nowhere.
    pub address: String,
    /// It is one of our upstreams: dialled for ever, never deactivated.
    pub is_upstream: bool,
    /// How it stands.
    pub standing: Standing,
    /// Attempts that have failed since something last arrived there.
    pub attempts: u8,
    /// When all of them had failed, if it is inactive.
    pub inactive_since: Option<Time>,
    /// When the next one is due.
    pub next_attempt: Option<Time>,
    /// The link, if there is one.
    pub link: Option<LinkId>,
    /// When its last link closed, as far as that is known since the start.
    pub last_seen: Option<Time>,
    /// Envelopes.
    pub counters: Counters,
    /// What it should have and has not stated.
    waiting: BTreeMap<StreamId, Ranges>,
    /// What was discarded when it was deactivated.
    discarded: BTreeMap<StreamId, Ranges>,
    /// What is larger than it takes.
    refused: BTreeMap<StreamId, Ranges>,
    /// What is past its ttl.
    expired: BTreeMap<StreamId, Ranges>,
    /// The largest envelope that it takes, as it said last.
    envelope_most: u32,
    /// When it was last linked, or asked; since this start, if it was before.
    pub(super) away_since: Time,
}

impl Neighbour {
    /// `now`: since when it is away, or waits for the webmaster.
    pub(super) fn new(key: PublicKey, standing: Standing, now: Time) -> Neighbour {
        Neighbour {
            key,
            name: String::new(),
            address: String::new(),
            is_upstream: false,
            standing,
            attempts: 0,
            inactive_since: None,
            next_attempt: None,
            link: None,
            last_seen: None,
            counters: Counters::default(),
            waiting: BTreeMap::new(),
            discarded: BTreeMap::new(),
            refused: BTreeMap::new(),
            expired: BTreeMap::new(),
            envelope_most: 0,
            away_since: now,
        }
    }

    /// One of the log, at a start. Who was given up before it was an upstream is served again.
    pub(super) fn restored(restored: RestoredNeighbour, is_upstream: bool, now: Time) -> Neighbour {
        let RestoredNeighbour { key, name, address, standing, attempts, inactive_since } = restored;
        let new = Neighbour::new(key, standing, inactive_since.unwrap_or(now));
        if is_upstream && standing == Standing::Inactive {
            return Neighbour { name, address, is_upstream, standing: Standing::Active, ..new };
        }
        Neighbour { name, address, is_upstream, attempts, inactive_since, ..new }
    }

    /// What is kept of it.
    pub(super) fn record(&self) -> RestoredNeighbour {
        RestoredNeighbour {
            key: self.key,
            name: self.name.clone(),
            address: self.address.clone(),
            standing: self.standing,
            attempts: self.attempts,
            inactive_since: self.inactive_since,
        }
    }

    /// Envelopes that it should have and has not stated.
    pub fn waiting(&self) -> u64 {
        self.waiting.values().map(Ranges::count).sum()
    }

    /// The first number that waits, of each stream.
    pub fn first_waiting(&self) -> impl Iterator<Item = (StreamId, u64)> + '_ {
        self.waiting.iter().filter_map(|(stream, ranges)| Some((*stream, ranges.first()?)))
    }

    /// An envelope was committed. `has_it`: it came from there, or was stated.
    pub(super) fn accept(&mut self, stream: StreamId, number: u64, has_it: bool) {
        self.counters.accepted += 1;
        if has_it {
            self.counters.delivered += 1;
        } else {
            self.waiting.entry(stream).or_default().insert(number..=number);
        }
    }

    /// It states what it has of a stream. Gives how many had waited.
    pub(super) fn state(&mut self, stream: StreamId, stated: &Ranges) -> u64 {
        if let Some(discarded) = self.discarded.get_mut(&stream) {
            let after_all = discarded.remove_all(stated);
            self.counters.recovered += after_all;
            self.counters.delivered += after_all;
        }
        // Who takes nothing so large, or so late, has given it up.
        for gone in [&mut self.refused, &mut self.expired] {
            if let Some(gone) = gone.get_mut(&stream) {
                gone.remove_all(stated);
            }
        }
        let Some(waiting) = self.waiting.get_mut(&stream) else { return 0 };
        let arrived = waiting.remove_all(stated);
        if waiting.is_empty() {
            self.waiting.remove(&stream);
        }
        self.counters.delivered += arrived;
        arrived
    }

    /// The whole of a stream, after it has told what it has: `available` is what we could send.
    pub(super) fn level(&mut self, stream: StreamId, available: &Ranges, stated: &Ranges) {
        self.state(stream, stated);
        let mut new = available.without(stated);
        for known in [&self.refused, &self.expired, &self.waiting] {
            if let Some(known) = known.get(&stream) {
                new.remove_all(known);
            }
        }
        let again = self.discarded.remove(&stream).unwrap_or_default();
        let arrived = again.count() - again.without(stated).count();
        let waits = new.count() - new.without(&again).count();
        self.counters.delivered += arrived;
        self.counters.recovered += arrived + waits;
        self.counters.accepted += new.count() - waits;
        if !new.is_empty() {
            self.waiting.entry(stream).or_default().insert_all(&new);
        }
    }

    /// The log has let go of a stream up to a number.
    pub(super) fn trim(&mut self, stream: StreamId, to: u64) {
        if let Some(waiting) = self.waiting.get_mut(&stream) {
            self.counters.discarded_retention += waiting.remove(1..=to);
        }
        self.waiting.retain(|_, waiting| !waiting.is_empty());
        for gone in [&mut self.discarded, &mut self.refused, &mut self.expired] {
            if let Some(gone) = gone.get_mut(&stream) {
                gone.remove(1..=to);
            }
        }
    }

    /// An envelope is larger than it takes.
    pub(super) fn refuse(&mut self, stream: StreamId, number: u64) {
        if self.waits_no_more(stream, number) {
            self.counters.discarded_refused += 1;
            self.refused.entry(stream).or_default().insert(number..=number);
        }
    }

    /// An envelope is past its ttl.
    pub(super) fn expire(&mut self, stream: StreamId, number: u64) {
        if self.waits_no_more(stream, number) {
            self.counters.discarded_expired += 1;
            self.expired.entry(stream).or_default().insert(number..=number);
        }
    }

    /// Says whether it did wait.
    fn waits_no_more(&mut self, stream: StreamId, number: u64) -> bool {
        let Some(waiting) = self.waiting.get_mut(&stream) else { return false };
        let waited = waiting.remove(number..=number) > 0;
        if waiting.is_empty() {
            self.waiting.remove(&stream);
        }
        waited
    }

    /// It says how large an envelope may be. What was too large before may go now.
    pub(super) fn takes_up_to(&mut self, envelope_most: u32) {
        if envelope_most > self.envelope_most {
            for (stream, refused) in std::mem::take(&mut self.refused) {
                self.discarded.entry(stream).or_default().insert_all(&refused);
            }
        }
        self.envelope_most = envelope_most;
    }

    /// It is served no more. Its positions are forgotten; what was unsent is discarded.
    pub(super) fn deactivate(&mut self, standing: Standing, now: Time) {
        self.counters.discarded_deactivated += self.waiting();
        for (stream, waiting) in std::mem::take(&mut self.waiting) {
            self.discarded.entry(stream).or_default().insert_all(&waiting);
        }
        self.standing = standing;
        self.inactive_since = (standing == Standing::Inactive).then_some(now);
        self.next_attempt = None;
    }

    /// A stream is forgotten.
    pub(super) fn forget(&mut self, stream: StreamId) {
        self.trim(stream, u64::MAX - 1);
        self.discarded.remove(&stream);
        self.refused.remove(&stream);
        self.expired.remove(&stream);
    }

    /// Whether attempts are to be made.
    pub(super) fn is_to_be_tried(&self) -> bool {
        let idle = self.link.is_none() && self.next_attempt.is_none();
        idle && !self.is_upstream && self.standing == Standing::Active && !self.waiting.is_empty()
    }

    /// When the next attempt is due. `chance`: any number, for a fifth more or less.
    pub(super) fn due(&self, now: Time, chance: u64) -> Time {
        let span = ATTEMPTS[usize::from(self.attempts).min(ATTEMPTS.len() - 1)].0;
        Time(now.0 + span - span / 5 + chance % (span * 2 / 5 + 1))
    }

    pub(super) fn has_no_attempt_left(&self) -> bool {
        usize::from(self.attempts) >= ATTEMPTS.len()
    }
}
