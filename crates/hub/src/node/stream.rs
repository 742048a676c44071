//! One stream: which of its numbers are here, and what waits for what.

use super::chain::Chain;
use super::output::Step;
use super::{LinkId, RestoredStream};
use crate::envelope::{Envelope, Predecessor, StreamId};
use crate::ranges::Ranges;
use crate::time::Time;

/// A stream that would have more runs is asked for again later: what is lowest comes first then, and closes gaps.
const RUNS_MOST: usize = 256;

/// What a node knows of one stream.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream {
    /// On disk, or given up: what others are told.
    pub(super) held: Ranges,
    /// Of these, what was settled without being stored: nobody waits for it.
    pub(super) absent: Ranges,
    /// Taken, and not yet on disk.
    pub(super) pending: Ranges,
    /// `held`, and what the batch on its way adds.
    pub(super) stored: Ranges,
    /// Handed to applications up to here, the batch on its way included.
    pub(super) delivered: u64,
    /// The same without the batch.
    pub(super) delivered_before: u64,
    /// Up to here the log has let go.
    pub(super) trimmed: u64,
    /// The greatest number whose signed envelope was seen. No SKIP speaks beyond it.
    pub(super) seen: u64,
    pub(super) chain: Chain,
    /// The time of the newest envelope.
    pub(super) newest: Time,
    /// How many envelopes were taken from links.
    pub(super) taken: u64,
    /// Where it comes from first.
    pub(super) parent: Option<LinkId>,
    /// Nothing is shown to applications before this epoch has come to its end, or this time.
    pub(super) waits: Option<(Predecessor, Time)>,
    /// Nothing is taken before this time.
    pub(super) paused: Option<Time>,
    /// Nothing more is taken.
    pub(super) forked: bool,
    /// This node posts in it.
    pub(super) is_own: bool,
    /// Since when nobody has what is missing.
    pub(super) skipped_since: Option<Time>,
}

impl Stream {
    /// A stream of the log. `floor`: that of its origin; a stream without envelopes is no newer, for all that is known.
    pub(super) fn restored(restored: &RestoredStream, floor: Time) -> Stream {
        Stream {
            held: restored.held.clone(),
            absent: restored.absent.clone(),
            trimmed: restored.trimmed,
            stored: restored.held.clone(),
            delivered: restored.delivered,
            delivered_before: restored.delivered,
            seen: restored.held.last().unwrap_or(0),
            chain: Chain::restored(restored.last, restored.early),
            newest: restored.early.or(restored.last).map_or(floor, |(_, _, time)| time),
            forked: restored.forked,
            ..Stream::default()
        }
    }

    /// Takes an envelope that is to be committed.
    pub(super) fn add(&mut self, envelope: &Envelope) {
        let number = envelope.number();
        self.pending.insert(number..=number);
        self.seen = self.seen.max(number);
        self.newest = self.newest.max(envelope.time());
        self.chain.add(envelope);
    }

    /// Whether this number is here, or on its way to disk.
    pub(super) fn has(&self, number: u64) -> bool {
        self.held.contains(number) || self.pending.contains(number)
    }

    /// Whether this number makes no run of its own, or not one too many.
    pub(super) fn has_room_for(&self, number: u64) -> bool {
        self.held.run_count() + self.pending.run_count() < RUNS_MOST
            || self.has(number - 1)
            || self.has(number.saturating_add(1))
    }

    /// Whether a number below the greatest seen one is not here.
    pub(super) fn has_gap(&self) -> bool {
        self.held.count() + self.pending.count() < self.seen
    }

    /// Numbers below the greatest seen one that are not here.
    pub(super) fn gaps(&self) -> Ranges {
        let mut gaps = Ranges::up_to(self.seen);
        gaps.remove_all(&self.held);
        gaps.remove_all(&self.pending);
        gaps
    }

    /// What the log can still give.
    pub(super) fn available(&self) -> Ranges {
        let mut available = self.held.clone();
        available.remove(1..=self.trimmed);
        available.remove_all(&self.absent);
        available
    }

    /// Stores a number in the batch that is made: for applications at once if nothing before it is missing.
    pub(super) fn is_next(&self, number: u64) -> bool {
        self.waits.is_none() && number == self.delivered + 1
    }

    /// Hands to applications what nothing holds back any more.
    pub(super) fn release(&mut self, id: StreamId) -> Option<Step> {
        if self.waits.is_some() {
            return None;
        }
        let run = self.stored.run_at(self.delivered + 1)?;
        self.delivered = *run.end();
        Some(Step::Release { stream: id, range: run })
    }

    /// The batch is on disk.
    pub(super) fn committed(&mut self) {
        self.delivered_before = self.delivered;
    }

    /// The batch is not on disk. Says whether something could be handed to applications that was handed to them in it.
    pub(super) fn not_committed(&mut self) -> bool {
        self.delivered = self.delivered_before;
        self.stored = self.held.clone();
        self.waits.is_none() && self.stored.contains(self.delivered + 1)
    }
}
