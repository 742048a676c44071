//! A node, one neighbour, and a clock that is set by hand.

use hub::{
    Envelope, Have, Input, Join, LinkId, Message, Neighbour, Node, NodeSettings, Output, Peer, Position,
    PublicKey, Ranges, Reason, Restored, SecretKey, Span, Step, StreamId, Time,
};
use std::sync::Arc;

pub(crate) const START: Time = Time(1_700_000_000_000_000);

/// Beside the neighbour of the test there is one that takes everything at once.
const OTHER: LinkId = LinkId(1_000_000);

pub(crate) struct Scene {
    pub(crate) node: Node,
    pub(crate) now: Time,
    pub(crate) address: &'static str,
    /// The largest envelope that the neighbour of the test takes, as it says.
    pub(crate) envelope_most: u32,
    links: u64,
    stream: Option<StreamId>,
    posted: u64,
    log: Vec<Arc<Envelope>>,
    /// Envelopes that were passed to the neighbour of the test, and to the other.
    pub(crate) passed: [u64; 2],
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32])
}

pub(crate) fn neighbour_key() -> PublicKey {
    key(2).public()
}

impl Scene {
    pub(crate) fn new(address: &'static str) -> Scene {
        let settings = NodeSettings { join: Join::Open, ..NodeSettings::default() };
        println!("limits: {:?}", settings.limits);
        let node = Node::new(settings, vec![key(1)], Restored::default(), START);
        let mut scene = Scene {
            node,
            now: START,
            address,
            envelope_most: 256 * 1024,
            links: 0,
            stream: None,
            posted: 0,
            log: Vec::new(),
            passed: [0; 2],
        };
        scene.open(OTHER, 3, "");
        scene.give(have(OTHER, None));
        scene
    }

    fn open(&mut self, link: LinkId, seed: u8, address: &str) -> Vec<Output> {
        let peer = Peer {
            key: key(seed).public(),
            name: format!("neighbour {seed}"),
            address: address.to_owned(),
            is_upstream: false,
            clock: self.now,
            window_envelopes: 4096,
            window_bytes: 4 * 1024 * 1024,
            envelope_most: self.envelope_most,
        };
        self.give(Input::Opened { link, peer })
    }

    /// Something happens; everything that the node wants of the disk is done at once. The counters add up after every step.
    pub(crate) fn give(&mut self, input: Input) -> Vec<Output> {
        let (mut inputs, mut all) = (vec![input], Vec::new());
        while let Some(input) = inputs.pop() {
            let mut out = Vec::new();
            self.node.on(self.now, input, &mut out);
            self.adds_up();
            for output in &out {
                match output {
                    Output::Commit(batch) => {
                        self.log.extend(batch.steps.iter().filter_map(appended));
                        inputs.push(Input::Committed);
                    }
                    Output::Fetch { link, stream, range, .. } => {
                        let found = self.log.iter().filter(|found| range.contains(&found.number()));
                        let found = found.cloned().collect();
                        let (link, stream, range) = (*link, *stream, range.clone());
                        inputs.push(Input::Fetched { link, stream, range, found });
                    }
                    Output::Pass { link, envelopes } => {
                        self.passed[usize::from(*link == OTHER)] += envelopes.len() as u64;
                    }
                    Output::Posted { result, .. } => self.stream = Some(result.unwrap().stream),
                    _ => {}
                }
            }
            all.extend(out);
        }
        all
    }

    fn adds_up(&self) {
        for found in self.node.neighbours() {
            let count = found.counters;
            let told = count.delivered + found.waiting() + count.discarded();
            assert_eq!(count.accepted + count.recovered, told, "{count:?}, {} wait", found.waiting());
        }
    }

    /// One message is posted; the other neighbour acknowledges it.
    pub(crate) fn post(&mut self) -> Vec<Output> {
        self.post_of(1)
    }

    /// One message of so many bytes.
    pub(crate) fn post_of(&mut self, bytes: usize) -> Vec<Output> {
        self.posted += 1;
        let messages = vec![Message { media_type: "text/plain".to_owned(), body: vec![b'x'; bytes].into() }];
        let out = self.give(Input::Post { ticket: self.posted, origin: self.node.key(), messages, ttl: 0 });
        self.give(have(OTHER, self.all()));
        out
    }

    /// What is in the log.
    pub(crate) fn all(&self) -> Option<(StreamId, u64)> {
        Some((self.stream?, self.posted))
    }

    /// The neighbour links.
    pub(crate) fn link(&mut self) -> (LinkId, Vec<Output>) {
        self.links += 1;
        let link = LinkId(self.links);
        let address = self.address;
        let out = self.open(link, 2, address);
        (link, out)
    }

    /// It tells what it has: nothing, or everything up to a number.
    pub(crate) fn tells(&mut self, link: LinkId, has: Option<(StreamId, u64)>) -> Vec<Output> {
        self.give(have(link, has))
    }

    pub(crate) fn unlink(&mut self, link: LinkId) -> Vec<Output> {
        self.give(Input::Closed { link })
    }

    pub(crate) fn neighbour(&self) -> &Neighbour {
        self.node.neighbours().find(|found| found.key == neighbour_key()).unwrap()
    }

    /// The clock goes on.
    pub(crate) fn wait(&mut self, span: Span) -> Vec<Output> {
        self.now = self.now + span;
        self.give(Input::Tick)
    }
}

fn have(link: LinkId, has: Option<(StreamId, u64)>) -> Input {
    let position = |(stream, to)| Position { stream, settled: Ranges::up_to(to), push: true };
    Input::Have { link, have: Have { complete: true, entries: has.map(position).into_iter().collect() } }
}

fn appended(step: &Step) -> Option<Arc<Envelope>> {
    if let Step::Append(envelope) = step { Some(Arc::clone(envelope)) } else { None }
}

/// Whether a link was closed for this reason.
pub(crate) fn closes(out: &[Output], link: LinkId, reason: Reason) -> bool {
    let is = |output: &Output| matches!(output, Output::Close { link: one, bye } if *one == link && bye.reason == reason);
    out.iter().any(is)
}
