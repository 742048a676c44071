//! The town: hubs, the wires between them, and what happens when.

mod carry;
mod trouble;
mod wire;

use crate::chance::Chance;
use crate::hub_in_town::{HubInTown, HubNo};
use crate::story::Story;
use bytes::Bytes;
use hub::{
    Alarm, Batch, Checked, Frame, Input, LinkId, Message, NodeSettings, Output, Passed, PostError, Posted,
    PublicKey, Span, StreamId, Time, Traffic,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
pub use trouble::Trouble;
use wire::Wire;

/// When a story begins: 2027-01-01.
const BEGINNING: Time = Time(1_798_761_600_000_000);

/// Something that will happen.
#[derive(Clone, Debug)]
enum Event {
    /// A hub's node is to be woken.
    Wake(HubNo, u64),
    /// A batch reaches the disk, and then the node.
    Written(HubNo, u64, Batch),
    /// The node learns of it, or that it failed.
    Committed(HubNo, u64, bool),
    /// A look-up is done.
    Fetched(HubNo, u64, LinkId, StreamId, RangeInclusive<u64>, usize),
    /// A hub dials another.
    Dial(HubNo, u64, HubNo),
    /// Both ends of a wire have said who they are.
    Met(usize),
    /// Something arrives at an end of a wire.
    Arrives(usize, usize, Parcel),
    /// A hub starts again.
    Start(HubNo),
}

/// What travels.
#[derive(Clone, Debug)]
enum Parcel {
    Frame(Frame),
    Envelopes(Vec<Passed>),
    Hangup,
}

/// What an application of a hub has posted, and what became of it.
#[derive(Clone, Debug, Default)]
pub struct Posts {
    /// Answered yes: when, and where.
    pub taken: BTreeMap<u64, (Time, Posted)>,
    /// Answered no.
    pub refused: Vec<(u64, PostError)>,
}

/// A town.
#[derive(Debug)]
pub struct Town {
    /// Now.
    pub now: Time,
    /// Where chance comes from.
    pub chance: Chance,
    /// The hubs.
    pub hubs: Vec<HubInTown>,
    /// What happened.
    pub story: Story,
    /// What was posted at each hub.
    pub posts: Vec<Posts>,
    /// What webmasters were told.
    pub alarms: Vec<(HubNo, Alarm)>,
    /// Traffic of hubs in lives that have ended.
    pub past: Vec<Traffic>,
    /// When each envelope was first shown at each hub.
    pub shown_at: BTreeMap<(HubNo, StreamId, u64), Time>,
    events: BTreeMap<(Time, u64), Event>,
    happened: u64,
    wires: Vec<Wire>,
    by_key: BTreeMap<PublicKey, HubNo>,
    apart: BTreeSet<(HubNo, HubNo)>,
    next_link: u64,
    next_ticket: u64,
    /// How long things take, and how often they go wrong.
    pub trouble: Trouble,
}

impl Town {
    /// Hubs, none of which has started; `upstreams(hub)` says whom each dials.
    pub fn new(
        seed: u64,
        count: usize,
        settings: &NodeSettings,
        trouble: Trouble,
        mut upstreams: impl FnMut(HubNo, &mut Chance) -> Vec<HubNo>,
    ) -> Town {
        let mut chance = Chance::of(seed);
        let mut hubs: Vec<_> = (0..count).map(|_| HubInTown::new(&mut chance, settings.clone())).collect();
        for (number, hub) in hubs.iter_mut().enumerate() {
            hub.upstreams = upstreams(number, &mut chance).into_iter().map(|up| (up, 0)).collect();
        }
        let by_key = hubs.iter().enumerate().map(|(number, hub)| (hub.key.public(), number)).collect();
        let mut town = Town {
            now: BEGINNING,
            chance,
            posts: vec![Posts::default(); count],
            past: vec![Traffic::default(); count],
            hubs,
            story: Story::default(),
            alarms: Vec::new(),
            shown_at: BTreeMap::new(),
            events: BTreeMap::new(),
            happened: 0,
            wires: Vec::new(),
            by_key,
            apart: BTreeSet::new(),
            next_link: 1,
            next_ticket: 1,
            trouble,
        };
        (0..count).for_each(|hub| town.start(hub));
        town
    }

    fn after(&mut self, span: Span, event: Event) {
        self.happened += 1;
        self.events.insert((self.now + span, self.happened), event);
    }

    /// Starts a hub, which dials its upstreams.
    pub fn start(&mut self, hub: HubNo) {
        if self.hubs[hub].node.is_some() {
            return;
        }
        self.hubs[hub].start(self.now);
        let life = self.hubs[hub].life;
        let upstreams: Vec<HubNo> = self.hubs[hub].upstreams.keys().copied().collect();
        for upstream in upstreams {
            let soon = Span::milliseconds(self.chance.between(0, 200));
            self.after(soon, Event::Dial(hub, life, upstream));
        }
        self.give(hub, Input::Tick);
    }

    /// A hub dies; its disk keeps what was written.
    pub fn crash(&mut self, hub: HubNo) {
        let Some(node) = self.hubs[hub].node.take() else { return };
        self.past[hub] = sum(self.past[hub], *node.traffic());
        self.story.tell(self.now.0, &("crash", hub));
        self.hubs[hub].life += 1;
        self.drop_links(hub);
    }

    /// Starts it again later.
    pub fn start_later(&mut self, hub: HubNo, span: Span) {
        self.after(span, Event::Start(hub));
    }

    /// Posts one message at a hub; it tells in [`Town::posts`] what became of it.
    pub fn post(&mut self, hub: HubNo, text: &str) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        let message = Message { media_type: "text/plain".to_owned(), body: Bytes::from(text.to_owned()) };
        let origin = self.hubs[hub].key.public();
        self.give(hub, Input::Post { ticket, origin, messages: vec![message], ttl: 0 });
        ticket
    }

    /// Lets time pass.
    pub fn run(&mut self, span: Span) {
        let end = self.now + span;
        while let Some(entry) = self.events.first_entry()
            && entry.key().0 <= end
        {
            let ((time, _), event) = entry.remove_entry();
            self.now = time;
            self.happens(event);
        }
        self.now = end;
    }

    fn happens(&mut self, event: Event) {
        match event {
            Event::Wake(hub, life) if self.lives(hub, life) => {
                self.hubs[hub].wake = None;
                self.give(hub, Input::Tick);
            }
            Event::Written(hub, life, batch) if self.lives(hub, life) => self.write(hub, life, &batch),
            Event::Committed(hub, life, on_disk) if self.lives(hub, life) => {
                self.give(hub, if on_disk { Input::Committed } else { Input::NotCommitted });
            }
            Event::Fetched(hub, life, link, stream, range, bytes) if self.lives(hub, life) => {
                let (range, found) = self.hubs[hub].disk.fetch(stream, range, bytes);
                self.give(hub, Input::Fetched { link, stream, range, found });
            }
            Event::Dial(hub, life, other) if self.lives(hub, life) && !self.are_linked(hub, other) => {
                self.dial(hub, other);
            }
            Event::Met(wire) => self.meet(wire),
            Event::Arrives(wire, end, parcel) => self.arrives(wire, end, parcel),
            Event::Start(hub) => self.start(hub),
            _ => {}
        }
    }

    fn lives(&self, hub: HubNo, life: u64) -> bool {
        self.hubs[hub].life == life && self.hubs[hub].node.is_some()
    }

    /// A batch is written, or fails, or the hub dies on it.
    fn write(&mut self, hub: HubNo, life: u64, batch: &Batch) {
        let fails = self.trouble.fails(&mut self.chance);
        let dies = self.trouble.crashes(&mut self.chance);
        if !(fails || dies) || self.chance.below(2) == 0 {
            self.written(hub, batch);
        }
        if dies {
            self.crash(hub);
            self.start_later(hub, Span::seconds(1));
        } else {
            let soon = self.trouble.wake_up(&mut self.chance);
            self.after(soon, Event::Committed(hub, life, !fails));
        }
    }

    fn written(&mut self, hub: HubNo, batch: &Batch) {
        let before = self.hubs[hub].disk.shown.len();
        self.hubs[hub].disk.apply(batch);
        let shown: Vec<_> = self.hubs[hub].disk.shown[before..]
            .iter()
            .map(|envelope| (hub, envelope.stream(), envelope.number()))
            .collect();
        for key in shown {
            self.story.tell(self.now.0, &("shown", &key));
            self.shown_at.entry(key).or_insert(self.now);
        }
    }

    /// Tells a hub's node something, and does what it wants done.
    pub fn give(&mut self, hub: HubNo, input: Input) {
        let now = self.hubs[hub].clock(self.now);
        let mut outputs = Vec::new();
        let Some(node) = self.hubs[hub].node.as_mut() else { return };
        node.on(now, input, &mut outputs);
        let wake = node.next_wake();
        for output in outputs {
            self.carry_out(hub, output);
        }
        self.wake_at(hub, wake);
    }

    fn wake_at(&mut self, hub: HubNo, wake: Option<Time>) {
        let Some(wake) = wake else { return };
        if self.hubs[hub].wake.is_some_and(|earlier| earlier <= wake) {
            return;
        }
        self.hubs[hub].wake = Some(wake);
        let wait = wake.since(self.hubs[hub].clock(self.now));
        let life = self.hubs[hub].life;
        self.after(wait, Event::Wake(hub, life));
    }

    fn carry_out(&mut self, hub: HubNo, output: Output) {
        let life = self.hubs[hub].life;
        match output {
            Output::Commit(batch) => {
                let soon = self.trouble.write(&mut self.chance);
                self.after(soon, Event::Written(hub, life, batch));
            }
            Output::Send { link, frame } => self.send(hub, link, Parcel::Frame(frame)),
            Output::Pass { link, envelopes } => self.send(hub, link, Parcel::Envelopes(envelopes)),
            Output::Close { link, bye } => {
                self.send(hub, link, Parcel::Frame(Frame::Bye(bye)));
                self.hang_up(hub, link);
            }
            Output::Fetch { link, stream, range, bytes } => {
                let soon = self.trouble.wake_up(&mut self.chance);
                self.after(soon, Event::Fetched(hub, life, link, stream, range, bytes));
            }
            Output::Dial { key, .. } => {
                if let Some(other) = self.by_key.get(&key).copied() {
                    self.dial(hub, other);
                }
            }
            Output::Posted { ticket, result } => self.posted(hub, ticket, result),
            Output::Neighbour(record) => drop(self.hubs[hub].disk.neighbours.insert(record.key, record)),
            Output::Forgotten(key) => drop(self.hubs[hub].disk.neighbours.remove(&key)),
            Output::Alarm(alarm) => {
                self.story.tell(self.now.0, &("alarm", hub, &alarm));
                self.alarms.push((hub, alarm));
            }
        }
    }

    fn posted(&mut self, hub: HubNo, ticket: u64, result: Result<Posted, PostError>) {
        self.story.tell(self.now.0, &("posted", hub, ticket, &result));
        match result {
            Ok(posted) => drop(self.posts[hub].taken.insert(ticket, (self.now, posted))),
            Err(error) => self.posts[hub].refused.push((ticket, error)),
        }
    }

    /// Envelopes that came in all lives of a hub.
    pub fn traffic(&self, hub: HubNo) -> Traffic {
        let now = self.hubs[hub].node.as_ref().map_or(Traffic::default(), |node| *node.traffic());
        sum(self.past[hub], now)
    }
}

fn sum(one: Traffic, other: Traffic) -> Traffic {
    Traffic {
        new: one.new + other.new,
        duplicate: one.duplicate + other.duplicate,
        expired: one.expired + other.expired,
        too_old: one.too_old + other.too_old,
        skew: one.skew + other.skew,
        limited: one.limited + other.limited,
        refused: one.refused + other.refused,
        forked: one.forked + other.forked,
        forged: one.forged + other.forged,
        sent: one.sent + other.sent,
        posted: one.posted + other.posted,
        given_up: one.given_up + other.given_up,
        hops: std::array::from_fn(|place| one.hops[place] + other.hops[place]),
    }
}

fn checked(envelopes: &[Passed]) -> Vec<Checked> {
    envelopes.iter().map(|passed| Checked::before(passed.envelope.clone()).after(passed.hops)).collect()
}
