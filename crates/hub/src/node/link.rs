//! One open link.

use super::Peer;
use super::lane::{Landed, Lane};
use crate::envelope::{BYTES_ALWAYS, Envelope, StreamId};
use crate::time::{Span, Time};
use std::collections::{BTreeMap, BTreeSet};

/// News is told at most so often, unless there is much of it.
pub(super) const HAVE_EVERY: Span = Span::milliseconds(100);

/// After so many envelopes, or bytes, they are acknowledged at once.
const HAVE_AFTER_ENVELOPES: usize = 256;
const HAVE_AFTER_BYTES: usize = 256 * 1024;

/// Without progress for so long, while something waits, a link is closed.
pub(super) const STALLED_AFTER: Span = Span::seconds(60);

/// A window below this would stop a link. What a peer says is raised to it.
const WINDOW_LEAST: u32 = 16;

/// No link speaks of more streams: ten thousand origins, each with a few epochs.
pub(super) const LANES_MOST: usize = 65_536;

/// One open link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) peer: Peer,
    pub(super) opened_at: Time,
    pub(super) lanes: BTreeMap<StreamId, Lane>,
    /// The other side has told of all its streams.
    pub(super) is_complete: bool,
    /// Streams of which something is to be told.
    pub(super) dirty: BTreeSet<StreamId>,
    /// When it is to be told.
    pub(super) have_due: Option<Time>,
    /// Taken and not yet acknowledged.
    unacknowledged: Landed,
    /// Streams of which something is to be read and sent.
    pub(super) behind: BTreeSet<StreamId>,
    /// The last one that was served, so that each has its turn.
    pub(super) served: Option<StreamId>,
    /// Something is being read for it.
    pub(super) is_fetching: bool,
    in_flight: Landed,
    /// When something last arrived there, or nothing waited.
    pub(super) progress_at: Time,
    pub(super) new_origins: u32,
}

impl Link {
    pub(super) fn new(peer: Peer, now: Time) -> Link {
        Link {
            peer,
            opened_at: now,
            lanes: BTreeMap::new(),
            is_complete: false,
            dirty: BTreeSet::new(),
            have_due: None,
            unacknowledged: Landed::default(),
            behind: BTreeSet::new(),
            served: None,
            is_fetching: false,
            in_flight: Landed::default(),
            progress_at: now,
            new_origins: 0,
        }
    }

    pub(super) fn lane(&mut self, stream: StreamId) -> &mut Lane {
        self.lanes.entry(stream).or_insert_with(Lane::new)
    }

    /// Whether the other side may speak of a stream: it has so far, or it speaks of few enough.
    pub(super) fn may_speak_of(&self, stream: StreamId) -> bool {
        self.lanes.len() < LANES_MOST || self.lanes.contains_key(&stream)
    }

    /// Whether the other side takes envelopes of this size. So much as every hub has to take, it takes whatever it says.
    pub(super) fn takes(&self, envelope: &Envelope) -> bool {
        envelope.bytes().len() <= (self.peer.envelope_most as usize).max(BYTES_ALWAYS)
    }

    pub(super) fn has_room(&self) -> bool {
        self.in_flight.envelopes < self.peer.window_envelopes.max(WINDOW_LEAST) as usize
            && self.in_flight.bytes < self.peer.window_bytes as usize
    }

    pub(super) fn has_sent(&mut self, stream: StreamId, number: u64, bytes: usize, now: Time) {
        if self.in_flight.envelopes == 0 {
            self.progress_at = now;
        }
        self.in_flight.envelopes += 1;
        self.in_flight.bytes += bytes;
        self.lane(stream).has_sent(number, bytes);
    }

    /// What has left the window.
    pub(super) fn has_landed(&mut self, landed: Landed, now: Time) {
        self.in_flight.envelopes -= landed.envelopes;
        self.in_flight.bytes -= landed.bytes;
        if landed.envelopes > 0 || self.in_flight.envelopes == 0 {
            self.progress_at = now;
        }
    }

    pub(super) fn is_stalled(&self, now: Time) -> bool {
        self.waits_for_progress() && now.since(self.progress_at) >= STALLED_AFTER
    }

    /// Before the other side has told what it has, nothing can be sent: that is waited for as well.
    pub(super) fn waits_for_progress(&self) -> bool {
        self.in_flight.envelopes > 0 || !self.is_complete || self.waits_for_an_answer()
    }

    /// Whether the other side owes a word about a stream that it was told of. Of more than it speaks of it owes none.
    fn waits_for_an_answer(&self) -> bool {
        self.lanes.len() < LANES_MOST && self.lanes.values().any(|lane| lane.is_listed && !lane.is_answered)
    }

    /// An envelope from there is on disk. Says whether so many are that they should be acknowledged at once.
    pub(super) fn has_committed(&mut self, bytes: usize) -> bool {
        self.unacknowledged.envelopes += 1;
        self.unacknowledged.bytes += bytes;
        self.unacknowledged.envelopes >= HAVE_AFTER_ENVELOPES || self.unacknowledged.bytes >= HAVE_AFTER_BYTES
    }

    pub(super) fn has_told(&mut self) {
        self.unacknowledged = Landed::default();
        self.have_due = None;
    }

    pub(super) fn forget(&mut self, stream: StreamId) {
        if let Some(mut lane) = self.lanes.remove(&stream) {
            let landed = lane.set_wants(!lane.wants());
            self.in_flight.envelopes -= landed.envelopes;
            self.in_flight.bytes -= landed.bytes;
        }
        self.dirty.remove(&stream);
        self.behind.remove(&stream);
    }

    /// The next stream to serve, in turn.
    pub(super) fn next_behind(&mut self) -> Option<StreamId> {
        let next = self.served.and_then(|served| {
            let after = (std::ops::Bound::Excluded(served), std::ops::Bound::Unbounded);
            self.behind.range(after).next().copied()
        });
        let next = next.or_else(|| self.behind.first().copied())?;
        self.served = Some(next);
        Some(next)
    }
}
