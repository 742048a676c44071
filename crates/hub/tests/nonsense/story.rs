use crate::sketch::{Sketch, envelope, sketch};
use hub::{Checked, Have, Input, LinkId, Message, Peer, Position, Ranges, SecretKey, Skip, StreamId, Time};
use proptest::prelude::*;

/// Something that happens to a node, as small numbers.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Open {
        link: u64,
        neighbour: u8,
        is_upstream: bool,
        window: u32,
        clock: u64,
    },
    Close {
        link: u64,
    },
    Have {
        link: u64,
        complete: bool,
        entries: Vec<Entry>,
    },
    Skip {
        link: u64,
        skips: Vec<(Stream, u64, u64)>,
    },
    Bring {
        link: u64,
        envelopes: Vec<Sketch>,
    },
    Forged {
        link: u64,
    },
    Commit {
        succeeds: bool,
    },
    /// What the node wants looked up is found, in part.
    Find {
        mask: u64,
    },
    Post {
        origin: u8,
        bodies: u8,
        ttl: u32,
    },
    Add {
        origin: u8,
    },
    Remove {
        origin: u8,
    },
    NotReached {
        neighbour: u8,
    },
    Trim {
        stream: Stream,
        to: u64,
    },
    Approve {
        neighbour: u8,
    },
    Block {
        neighbour: u8,
    },
    Resume,
    Wait {
        microseconds: u64,
    },
    /// Until the node wants to do something by itself.
    Sleep,
}

/// Whose stream, and which epoch.
pub(crate) type Stream = (u8, u64);

/// Of a HAVE: the stream, what is settled, ranges by their first number and how many more, the push bit.
type Entry = (Stream, u64, Vec<(u64, u64)>, bool);

/// The node is key 1, its applications 2 and 3, neighbours 10 to 13, other origins 20 to 22.
pub(crate) fn key(byte: u8) -> SecretKey {
    SecretKey::from_seed([byte; 32])
}

pub(crate) fn number() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 1..12_u64, 1 => Just(0), 1 => Just((1 << 63) - 1), 1 => Just(u64::MAX - 2), 1 => any::<u64>()]
}

fn epoch() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 1..5_u64, 1 => Just(1_000_000_001), 1 => Just((1 << 63) - 1), 1 => any::<u64>()]
}

pub(crate) fn stream() -> impl Strategy<Value = Stream> {
    (prop_oneof![1 => Just(1_u8), 1 => Just(2), 6 => 20..23_u8], epoch())
}

fn link() -> impl Strategy<Value = u64> {
    0..3_u64
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    let window = || prop_oneof![Just(0), Just(1), Just(100_000_u32), any::<u32>()];
    let runs = || prop::collection::vec((number(), 0..9_u64), 0..4);
    let entry = || (stream(), number(), runs(), any::<bool>());
    let wait = prop_oneof![4 => 0..300_000_u64, 2 => 0..120_000_000_u64, 1 => 0..200_000_000_000_u64];
    let clock = prop_oneof![8 => Just(1_000_000_000), 1 => any::<u64>()];
    prop_oneof![
        4 => (link(), 10..14_u8, any::<bool>(), window(), clock).prop_map(
            |(link, neighbour, is_upstream, window, clock)| Event::Open { link, neighbour, is_upstream, window, clock }),
        1 => link().prop_map(|link| Event::Close { link }),
        8 => (link(), any::<bool>(), prop::collection::vec(entry(), 0..4))
            .prop_map(|(link, complete, entries)| Event::Have { link, complete, entries }),
        2 => (link(), prop::collection::vec((stream(), number(), number()), 1..3))
            .prop_map(|(link, skips)| Event::Skip { link, skips }),
        10 => (link(), prop::collection::vec(sketch(), 0..5))
            .prop_map(|(link, envelopes)| Event::Bring { link, envelopes }),
        1 => link().prop_map(|link| Event::Forged { link }),
        8 => prop::bool::weighted(0.9).prop_map(|succeeds| Event::Commit { succeeds }),
        4 => any::<u64>().prop_map(|mask| Event::Find { mask }),
        4 => (1..5_u8, 0..4_u8, 0..3_u32).prop_map(|(origin, bodies, ttl)| Event::Post { origin, bodies, ttl }),
        1 => (2..4_u8).prop_map(|origin| Event::Add { origin }),
        1 => (2..4_u8).prop_map(|origin| Event::Remove { origin }),
        1 => (9..14_u8).prop_map(|neighbour| Event::NotReached { neighbour }),
        1 => (stream(), number()).prop_map(|(stream, to)| Event::Trim { stream, to }),
        1 => (9..14_u8).prop_map(|neighbour| Event::Approve { neighbour }),
        1 => (9..14_u8).prop_map(|neighbour| Event::Block { neighbour }),
        1 => Just(Event::Resume),
        12 => Just(Event::Sleep),
        3 => wait.prop_map(|microseconds| Event::Wait { microseconds }),
    ]
}

fn id((origin, epoch): Stream) -> StreamId {
    StreamId { origin: key(origin).public(), epoch }
}

impl Event {
    /// What the node is told. Nothing for what is answered to it.
    pub(crate) fn input(self) -> Option<Input> {
        Some(match self {
            Event::Open { link, neighbour, is_upstream, window, clock } => {
                let peer = Peer {
                    key: key(neighbour).public(),
                    name: String::new(),
                    address: if neighbour == 10 { "wss://hub.example".to_owned() } else { String::new() },
                    is_upstream,
                    clock: Time(clock),
                    window_envelopes: window,
                    window_bytes: window,
                    envelope_most: window,
                };
                Input::Opened { link: LinkId(link), peer }
            }
            Event::Close { link } => Input::Closed { link: LinkId(link) },
            Event::Have { link, complete, entries } => {
                let entries = entries.into_iter().map(position).collect();
                Input::Have { link: LinkId(link), have: Have { complete, entries } }
            }
            Event::Skip { link, skips } => {
                let skip = |(stream, first, last): (Stream, u64, u64)| {
                    let (first, last) = (first.min(last).max(1), first.max(last).clamp(1, u64::MAX - 1));
                    Skip { stream: id(stream), first: first.min(last), last }
                };
                Input::Skip { link: LinkId(link), skips: skips.into_iter().map(skip).collect() }
            }
            Event::Bring { link, envelopes } => {
                let envelopes = envelopes.iter().filter_map(envelope).map(Checked::before).collect();
                Input::Received { link: LinkId(link), envelopes }
            }
            Event::Forged { link } => Input::Forged { link: LinkId(link), count: 1 },
            Event::Post { origin, bodies, ttl } => {
                let message = Message { media_type: "text/plain".to_owned(), body: "x".into() };
                let messages = vec![message; usize::from(bodies)];
                Input::Post { ticket: 1, origin: key(origin).public(), messages, ttl }
            }
            Event::Add { origin } => Input::OriginAdded(Box::new(key(origin))),
            Event::Remove { origin } => Input::OriginRemoved(key(origin).public()),
            Event::NotReached { neighbour } => Input::NotReached(key(neighbour).public()),
            Event::Trim { stream, to } => Input::Trimmed { stream: id(stream), to: to.min(1 << 62) },
            Event::Approve { neighbour } => Input::Approve(key(neighbour).public()),
            Event::Block { neighbour } => Input::Block(key(neighbour).public()),
            Event::Resume => Input::Resume,
            Event::Commit { .. } | Event::Find { .. } | Event::Sleep => return None,
            Event::Wait { .. } => Input::Tick,
        })
    }
}

/// What a frame can say: numbers end below 2^64 - 1.
fn position((stream, settled, runs, push): Entry) -> Position {
    let most = u64::MAX - 2;
    let mut ranges = Ranges::up_to(settled.min(most));
    for (first, more) in runs {
        let first = first.clamp(1, most);
        ranges.insert(first..=first.saturating_add(more).min(most));
    }
    Position { stream: id(stream), settled: ranges, push }
}
