use crate::cases;
use crate::sketch::Sketch;
use crate::story::{Event, event, key};
use hub::{Envelope, Input, Join, LinkId, Node, NodeSettings, Output, Restored, Step, StreamId, Time};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A node, and what it asked for and was not yet given.
struct Scene {
    node: Node,
    now: Time,
    out: Vec<Output>,
    batch: Option<hub::Batch>,
    wanted: Vec<(LinkId, StreamId, RangeInclusive<u64>)>,
    /// Neighbours that it tries to reach.
    dialled: Vec<hub::PublicKey>,
    stored: BTreeMap<(StreamId, u64), Arc<Envelope>>,
    /// Numbers of links that were used: none is used twice.
    used: BTreeSet<u64>,
    opened: u64,
    shown: BTreeMap<u64, u64>,
}

impl Scene {
    fn new(flood: bool) -> Scene {
        let now = Time(1_000_000_000);
        let settings = NodeSettings { join: Join::Open, flood, ..NodeSettings::default() };
        let node = Node::new(settings, vec![key(1), key(2)], Restored::default(), now);
        Scene {
            node,
            now,
            out: Vec::new(),
            batch: None,
            wanted: Vec::new(),
            dialled: Vec::new(),
            stored: BTreeMap::new(),
            used: BTreeSet::new(),
            opened: 0,
            shown: BTreeMap::new(),
        }
    }

    /// Links of the story by the numbers that they have now.
    fn renamed(&mut self, event: Event) -> Event {
        let name = |link: u64| self.shown.get(&link).copied().unwrap_or(link);
        match event {
            Event::Open { link, neighbour, is_upstream, window, clock } => {
                self.opened += 1;
                let new = 100 + self.opened;
                self.shown.insert(link, new);
                assert!(self.used.insert(new));
                Event::Open { link: new, neighbour, is_upstream, window, clock }
            }
            Event::Close { link } => Event::Close { link: name(link) },
            Event::Have { link, complete, entries } => Event::Have { link: name(link), complete, entries },
            Event::Skip { link, skips } => Event::Skip { link: name(link), skips },
            Event::Bring { link, envelopes } => Event::Bring { link: name(link), envelopes },
            other => other,
        }
    }

    fn happens(&mut self, event: Event) {
        let event = self.renamed(event);
        if let Event::Wait { microseconds } = event {
            self.now.0 += microseconds;
        }
        let input = match event {
            Event::Commit { succeeds } => self.commit(succeeds),
            Event::Find { mask } => self.find(mask),
            Event::Sleep if !self.dialled.is_empty() => self.dialled.pop().map(Input::NotReached),
            Event::Sleep => {
                self.now = self.now.max(self.node.next_wake().unwrap_or(self.now));
                Some(Input::Tick)
            }
            other => other.input(),
        };
        if let Some(input) = input {
            self.tell(input);
        }
    }

    fn commit(&mut self, succeeds: bool) -> Option<Input> {
        let batch = self.batch.take()?;
        if !succeeds {
            return Some(Input::NotCommitted);
        }
        for step in batch.steps {
            if let Step::Append(envelope) | Step::Early(envelope) = step {
                self.stored.insert((envelope.stream(), envelope.number()), envelope);
            }
        }
        Some(Input::Committed)
    }

    fn find(&mut self, mask: u64) -> Option<Input> {
        let (link, stream, range) = self.wanted.pop()?;
        let stored = self.stored.range((stream, *range.start())..=(stream, *range.end()));
        let found = stored.filter(|((_, number), _)| mask >> (number % 64) & 1 == 1);
        let found = found.map(|(_, envelope)| Arc::clone(envelope)).collect();
        Some(Input::Fetched { link, stream, range, found })
    }

    fn tell(&mut self, input: Input) {
        self.node.on(self.now, input, &mut self.out);
        for output in self.out.drain(..) {
            match output {
                Output::Commit(batch) => assert!(self.batch.replace(batch).is_none(), "one batch at a time"),
                Output::Fetch { link, stream, range, .. } => self.wanted.push((link, stream, range)),
                Output::Dial { key, .. } => self.dialled.push(key),
                Output::Send { frame, .. } => {
                    let bytes = bytes::Bytes::from(frame.write());
                    assert!(hub::Frame::read(&bytes).is_ok(), "what is sent can be read: {frame:?}");
                }
                _ => {}
            }
        }
        self.counters_add_up();
    }

    fn counters_add_up(&self) {
        for neighbour in self.node.neighbours() {
            let count = neighbour.counters;
            let sum = count.delivered + neighbour.waiting() + count.discarded();
            assert_eq!(count.accepted + count.recovered, sum, "{neighbour:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_story_makes_a_node_panic_or_lose_count(
        flood in prop::bool::weighted(0.2),
        events in prop::collection::vec(event(), 1..300),
    ) {
        let mut scene = Scene::new(flood);
        events.into_iter().for_each(|event| scene.happens(event));
    }
}

/// The source of a stream closes while another neighbour states all numbers that there are: counting them twice was more
/// than a number holds, and the node stopped.
#[test]
fn a_neighbour_that_states_numbers_without_end_stops_nobody() {
    let (stream, now) = ((22, 4), 1_000_000_000);
    let sketch =
        Sketch { stream, number: 1, is_honest: true, version: 0, time: now, ttl: 0, predecessor: None };
    let open = |link, neighbour| Event::Open { link, neighbour, is_upstream: false, window: 0, clock: now };
    let events = [
        open(3, 10),
        open(4, 11),
        Event::Have { link: 4, complete: false, entries: vec![(stream, u64::MAX - 2, vec![], false)] },
        Event::Bring { link: 3, envelopes: vec![sketch] },
        Event::Commit { succeeds: true },
        Event::Close { link: 3 },
    ];
    let mut scene = Scene::new(false);
    events.into_iter().for_each(|event| scene.happens(event));
    assert_eq!(scene.node.neighbours().filter(|neighbour| neighbour.link.is_some()).count(), 1);
}

/// Numbers that nobody has any more were counted as envelopes that a newcomer waits for. He never got them, and had he
/// gone away he would have been tried ten times for nothing; numbers near 2^63 did not even fit into the counters.
#[test]
fn nobody_waits_for_numbers_that_were_given_up() {
    let (stream, now) = ((22, 1), 1_000_000_000);
    let sketch =
        Sketch { stream, number: 3, is_honest: true, version: 0, time: now, ttl: 0, predecessor: None };
    let open =
        |link, neighbour| Event::Open { link, neighbour, is_upstream: false, window: 100_000, clock: now };
    let events = [
        open(1, 10),
        Event::Have { link: 1, complete: true, entries: vec![] },
        Event::Bring { link: 1, envelopes: vec![sketch] },
        Event::Commit { succeeds: true },
        Event::Skip { link: 1, skips: vec![(stream, 1, 2)] },
        Event::Commit { succeeds: true },
        open(2, 11),
        Event::Have { link: 2, complete: true, entries: vec![] },
    ];
    let mut scene = Scene::new(false);
    events.into_iter().for_each(|event| scene.happens(event));
    assert_eq!(scene.node.traffic().given_up, 2);
    let newcomer = scene.node.neighbours().find(|neighbour| neighbour.key == key(11).public()).unwrap();
    assert_eq!((newcomer.counters.accepted, newcomer.waiting()), (1, 1));
}
