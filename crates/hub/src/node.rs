//! A node as a pure state machine: an input and the time in, outputs out. No socket, no file, no clock, no randomness.
//!
//! | file | what |
//! |---|---|
//! | `input`, `output` | what can happen, what is to be done |
//! | `receive` | judging an envelope: new, known, forked, too much |
//! | `commit` | gathering what was taken into batches; commit, then forward |
//! | `own` | messages of local applications; epochs; noticing a clone |
//! | `pass` | what is sent on each link, within its window |
//! | `have` | telling what is here, reading what is there; push bits |
//! | `race` | whether another link would be a faster source |
//! | `skip` | numbers that nobody has any more |
//! | `links`, `places` | links that come and go; who may link; who gives way |
//! | `attempts` | neighbours that are away; deactivation |
//! | `forget` | what is past its time |
//! | `timers` | what happens when time passes |
//! | `stream`, `chain`, `lane`, `link`, `neighbour`, `origin`, `post`, `bucket` | the nouns |

mod attempts;
mod bucket;
mod chain;
mod commit;
mod forget;
mod have;
mod input;
mod lane;
mod link;
mod links;
mod neighbour;
mod origin;
mod output;
mod own;
mod pass;
mod places;
mod post;
mod race;
mod receive;
mod settings;
mod skip;
mod stream;
mod timers;
mod traffic;

pub use input::{Input, Peer, Restored, RestoredNeighbour, RestoredOrigin, RestoredStream};
pub use neighbour::{ATTEMPTS, Counters, Neighbour};
pub use output::{Alarm, Batch, Output, Passed, PostError, Posted, Standing, Step};
pub use own::Clones;
pub use settings::{Join, Limits, NodeSettings};
pub use traffic::{HOPS_MOST, Traffic};

use crate::envelope::StreamId;
use crate::key::{PublicKey, SecretKey};
use crate::ranges::Ranges;
use crate::time::{Span, Time};
use bucket::Bucket;
use commit::OnItsWay;
use link::Link;
use origin::Origin;
use post::LocalOrigin;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use stream::Stream;
use timers::Timer;

/// A link while it is open: a number that the edge chooses, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);

/// A node.
#[derive(Debug)]
pub struct Node {
    settings: NodeSettings,
    key: PublicKey,
    locals: BTreeMap<PublicKey, LocalOrigin>,
    streams: BTreeMap<StreamId, Stream>,
    origins: BTreeMap<PublicKey, Origin>,
    neighbours: BTreeMap<PublicKey, Neighbour>,
    /// Keys of those that the settings name: never deactivated, and never one too many.
    upstreams: BTreeSet<PublicKey>,
    links: BTreeMap<LinkId, Link>,
    timers: BTreeSet<(Time, Timer)>,
    /// The time of the newest input.
    now: Time,
    /// Taken; goes into the next batch.
    queue: Vec<Passed>,
    /// Numbers that need not come; go into the next batch.
    settles: Vec<(StreamId, RangeInclusive<u64>)>,
    /// Other changes for the next batch.
    steps: Vec<Step>,
    on_its_way: Option<OnItsWay>,
    /// No batch before this time: the last one failed.
    rests_until: Option<Time>,
    new_origins: Bucket,
    clones: Clones,
    /// Links that are told at the end of this input.
    telling: BTreeSet<LinkId>,
    /// Streams for which a race may begin when the batch is committed, and where they come from.
    races: Vec<(LinkId, StreamId)>,
    /// Epochs that wait for the end of the one before.
    waiting_epochs: BTreeSet<StreamId>,
    is_clock_wrong: bool,
    traffic: Traffic,
}

impl Node {
    /// A node with what its log has. `keys`: its own first, then those of its applications.
    pub fn new(settings: NodeSettings, keys: Vec<SecretKey>, restored: Restored, now: Time) -> Node {
        let new_origins = settings.limits.as_ref().map_or(u32::MAX, |limits| limits.new_origins_per_minute);
        let mut node = Node {
            key: keys.first().map_or(PublicKey::trusted([0; 32]), SecretKey::public),
            locals: BTreeMap::new(),
            streams: BTreeMap::new(),
            origins: BTreeMap::new(),
            neighbours: BTreeMap::new(),
            upstreams: BTreeSet::new(),
            links: BTreeMap::new(),
            timers: BTreeSet::new(),
            now,
            queue: Vec::new(),
            settles: Vec::new(),
            steps: Vec::new(),
            on_its_way: None,
            rests_until: None,
            new_origins: Bucket::new(new_origins.into(), Span::minutes(1), new_origins.into()),
            clones: Clones::default(),
            telling: BTreeSet::new(),
            races: Vec::new(),
            waiting_epochs: BTreeSet::new(),
            is_clock_wrong: false,
            traffic: Traffic::default(),
            settings,
        };
        node.restore(restored, now);
        for key in keys {
            node.add_origin(now, key);
        }
        node.timers.insert((now + forget::EVERY, Timer::Forget));
        node
    }

    fn restore(&mut self, restored: Restored, now: Time) {
        for found in restored.origins {
            let origin = self.origins.entry(found.key).or_default();
            (origin.floor, origin.is_blocked) = (found.floor, found.blocked);
        }
        for found in restored.streams {
            let origin = self.origins.entry(found.id.origin).or_default();
            let mut stream = Stream::restored(&found, origin.floor);
            origin.epochs.insert(found.id.epoch);
            origin.newest = origin.newest.max(stream.newest);
            if let Some(before) = found.predecessor.filter(|_| found.delivered == 0) {
                stream.waits = Some((before, now + own::EPOCH_WAITS_MOST));
                self.waiting_epochs.insert(found.id);
                self.timers.insert((now + own::EPOCH_WAITS_MOST, Timer::Epoch(found.id)));
            }
            self.streams.insert(found.id, stream);
        }
        (self.upstreams, self.clones) = (restored.upstreams, restored.clones);
        for found in restored.neighbours {
            let is_upstream = self.upstreams.contains(&found.key);
            self.neighbours.insert(found.key, Neighbour::restored(found, is_upstream, now));
        }
    }

    /// Something happens. What is to be done is added to `out`, in the order in which it is to be done.
    pub fn on(&mut self, now: Time, input: Input, out: &mut Vec<Output>) {
        self.notice_time(now);
        match input {
            Input::Opened { link, peer } => self.opened(now, link, peer, out),
            Input::Closed { link } => self.broke(now, link, out),
            Input::Have { link, have } => self.have(now, link, have, out),
            Input::Skip { link, skips } => self.skips(now, link, skips),
            Input::Received { link, envelopes } => self.received(now, link, envelopes, out),
            Input::Forged { count, .. } => self.traffic.forged += count,
            Input::Committed => self.committed(now, out),
            Input::NotCommitted => self.not_committed(now, out),
            Input::Fetched { link, stream, range, found } => {
                self.fetched(now, link, stream, range, found, out);
            }
            Input::Post { ticket, origin, messages, ttl } => {
                self.post(now, ticket, origin, messages, ttl, out)
            }
            Input::OriginAdded(key) => self.add_origin(now, *key),
            Input::OriginRemoved(key) => self.remove_origin(key, out),
            Input::NotReached(key) => self.not_reached(now, key, out),
            Input::Trimmed { stream, to } => self.trimmed(stream, to),
            Input::Approve(key) => self.approve(now, key, out),
            Input::Block(key) => self.block(now, key, out),
            Input::Forget(key) => self.forget_neighbour(now, key, out),
            Input::Resume => self.resume(),
            Input::Tick => {}
        }
        self.pass_time(now, out);
        self.make_batch(now, out);
        self.tell(out);
    }

    /// When time alone will have something done.
    pub fn next_wake(&self) -> Option<Time> {
        self.timers.first().map(|(time, _)| *time)
    }

    /// The node's own key.
    pub fn key(&self) -> PublicKey {
        self.key
    }

    /// All neighbours.
    pub fn neighbours(&self) -> impl Iterator<Item = &Neighbour> {
        self.neighbours.values()
    }

    /// Since when a neighbour is linked.
    pub fn linked_since(&self, neighbour: &Neighbour) -> Option<Time> {
        Some(self.links.get(&neighbour.link?)?.opened_at)
    }

    /// What has passed through.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// All streams, with the numbers that are committed or given up.
    pub fn streams(&self) -> impl Iterator<Item = (StreamId, &Ranges)> {
        self.streams.iter().map(|(id, stream)| (*id, &stream.held))
    }

    /// Origins whose envelopes come from a neighbour first, each with that neighbour.
    pub fn ways(&self) -> BTreeMap<PublicKey, PublicKey> {
        let way =
            |(id, stream): (&StreamId, &Stream)| Some((id.origin, self.links.get(&stream.parent?)?.peer.key));
        // Of several epochs the newest counts.
        self.streams.iter().filter_map(way).collect()
    }

    /// Whether the same key is in use elsewhere, so that nothing is posted.
    pub fn is_cloned(&self) -> bool {
        self.clones.is_stopped
    }

    /// What is known of others that sign with a key of this node.
    pub fn clones(&self) -> Clones {
        self.clones
    }

    /// Whether all neighbours disagree with the clock, so that nothing is posted.
    pub fn is_clock_wrong(&self) -> bool {
        self.is_clock_wrong
    }
}
