//! A node by itself, a clock that is set by hand, and links on which a stranger says what he likes.
#![allow(clippy::unwrap_used, missing_docs)]

use bytes::Bytes;
use hub::{
    Alarm, Batch, Checked, Draft, Envelope, Have, Input, Limits, LinkId, Message, Node, NodeSettings, Output,
    Peer, Position, PublicKey, Ranges, Restored, SecretKey, Skip, Span, Step, StreamId, Time,
};
use simulator::disk::Disk;
use simulator::weather::open_settings;
use std::sync::Arc;

const START: Time = Time(1_800_000_000_000_000);
const LINK: LinkId = LinkId(1);

struct Scene {
    node: Node,
    disk: Disk,
    now: Time,
    /// What the node wants written, until it is told what became of it.
    batch: Option<Batch>,
    alarms: Vec<Alarm>,
    haves: Vec<Position>,
}

fn own() -> SecretKey {
    SecretKey::from_seed([1; 32])
}

impl Scene {
    /// A node with one link, on which nothing is to come by itself.
    fn new(settings: NodeSettings) -> Scene {
        let node = Node::new(settings, vec![own()], Restored::default(), START);
        let (alarms, haves) = (Vec::new(), Vec::new());
        let mut scene = Scene { node, disk: Disk::default(), now: START, batch: None, alarms, haves };
        scene.link(LINK);
        scene
    }

    fn link(&mut self, link: LinkId) {
        self.link_by(link, self.now);
    }

    /// A link with somebody whose clock shows this.
    fn link_by(&mut self, link: LinkId, clock: Time) {
        let peer = Peer {
            key: SecretKey::from_seed([2; 32]).public(),
            name: "stranger".to_owned(),
            address: String::new(),
            is_upstream: false,
            clock,
            window_envelopes: 4096,
            window_bytes: 4 * 1024 * 1024,
            envelope_most: 256 * 1024,
        };
        self.give(Input::Opened { link, peer });
        self.give(Input::Have { link, have: Have { complete: true, entries: Vec::new() } });
    }

    fn give(&mut self, input: Input) {
        let mut out = Vec::new();
        self.node.on(self.now, input, &mut out);
        for output in out {
            match output {
                Output::Commit(batch) => assert!(self.batch.replace(batch).is_none(), "one at a time"),
                Output::Alarm(alarm) => self.alarms.push(alarm),
                Output::Send { frame: hub::Frame::Have(have), .. } => self.haves.extend(have.entries),
                _ => {}
            }
        }
    }

    /// Whatever the node wants written is, until it wants no more.
    fn write(&mut self) {
        while let Some(batch) = self.batch.take() {
            self.disk.apply(&batch);
            self.give(Input::Committed);
        }
    }

    fn bring(&mut self, envelopes: Vec<Arc<Envelope>>) {
        let envelopes = envelopes.into_iter().map(Checked::before).collect();
        self.give(Input::Received { link: LINK, envelopes });
    }

    fn wait(&mut self, span: Span) {
        self.now = self.now + span;
        self.give(Input::Tick);
        self.write();
    }

    fn restart(&mut self) {
        self.node = Node::new(open_settings(), vec![own()], self.disk.restore(), self.now);
    }

    fn held(&self, origin: PublicKey) -> Ranges {
        let of_origin = self.node.streams().filter(|(id, _)| id.origin == origin);
        of_origin.map(|(_, held)| held.clone()).next().unwrap_or_default()
    }

    fn shown(&self, origin: PublicKey) -> usize {
        self.disk.shown.iter().filter(|found| found.stream().origin == origin).count()
    }
}

fn message(text: &'static str) -> Message {
    Message { media_type: "text/plain".into(), body: Bytes::from_static(text.as_bytes()) }
}

fn stranger() -> SecretKey {
    SecretKey::from_seed([9; 32])
}

/// The first so many of an epoch, all signed at one time.
fn story(key: &SecretKey, epoch: u64, count: u64, time: Time, text: &'static str) -> Vec<Arc<Envelope>> {
    let mut previous = [0; 32];
    let signed = (1..=count).map(|number| {
        let messages = &[message(text)];
        let draft = Draft { epoch, number, previous, predecessor: None, time, ttl: 0, messages };
        let envelope = Arc::new(draft.sign(key).unwrap());
        previous = *envelope.hash();
        envelope
    });
    signed.collect()
}

#[test]
fn an_origin_that_keeps_back_every_other_number_is_asked_again_later() {
    let mut scene = Scene::new(open_settings());
    let story = story(&stranger(), 1, 1_200, START, "odd");
    let odd = story.iter().filter(|envelope| envelope.number() % 2 == 1).cloned().collect();
    scene.bring(odd);
    scene.write();
    assert_eq!(scene.held(stranger().public()).run_count(), 256);
    assert!(scene.node.traffic().limited > 0);
    // Told are the settled number and 64 ranges, as many as an entry can hold.
    scene.wait(Span::seconds(1));
    let most = scene.haves.iter().map(|entry| entry.settled.run_count()).max();
    assert_eq!(most, Some(65));
    // Who then sends all in order is heard in full.
    scene.wait(Span::minutes(2));
    scene.bring(story);
    scene.write();
    assert_eq!(scene.held(stranger().public()), Ranges::up_to(1_200));
    assert_eq!(scene.shown(stranger().public()), 1_200);
}

#[test]
fn what_was_signed_before_anything_that_is_kept_is_settled_and_not_stored() {
    for time in [Time(1), START - Span::days(8)] {
        let mut scene = Scene::new(open_settings());
        scene.bring(story(&stranger(), 1, 10, time, "old"));
        scene.write();
        assert_eq!(scene.shown(stranger().public()), 0, "nobody keeps what is so old");
        assert_eq!(scene.held(stranger().public()), Ranges::up_to(10), "it need not come again");
        assert_eq!(scene.node.traffic().too_old, 10);
    }
}

#[test]
fn nobody_has_saved_up_more_than_a_log_keeps_whatever_time_he_signs() {
    let limits = Limits { envelopes_per_second: 1, envelopes_burst: 10, ..Limits::default() };
    let settings = NodeSettings { limits: Some(limits), retention: Span::minutes(1), ..open_settings() };
    let mut scene = Scene::new(settings);
    scene.bring(story(&stranger(), 1, 100, Time(1), "old"));
    scene.write();
    assert_eq!(scene.held(stranger().public()).count(), 70, "a burst of ten, and one a second");
}

#[test]
fn strangers_who_sign_with_old_times_count_as_new_origins() {
    let mut scene = Scene::new(open_settings());
    for seed in 10..40 {
        scene.bring(story(&SecretKey::from_seed([seed; 32]), 1, 1, Time(1), "old"));
    }
    scene.write();
    let origins = scene.node.streams().filter(|(id, _)| id.origin != own().public()).count();
    assert_eq!(origins, 10, "ten new ones a minute");
}

#[test]
fn what_an_origin_keeps_back_is_given_up_when_what_follows_is_past_its_time() {
    for restarts in [false, true] {
        let mut scene = Scene::new(open_settings());
        let mut story = story(&stranger(), 1, 20, START, "kept back");
        let first = story.remove(0);
        scene.bring(story);
        scene.write();
        if restarts {
            scene.restart();
        }
        scene.wait(Span::days(6));
        assert_eq!(scene.shown(stranger().public()), 0, "the first may still come");
        scene.wait(Span::hours(25));
        assert_eq!(scene.shown(stranger().public()), 19, "the log lets go of what was shown");
        scene.link(LINK);
        scene.bring(vec![first]);
        scene.write();
        assert_eq!(scene.shown(stranger().public()), 19, "the first is too late");
    }
}

#[test]
fn who_speaks_of_more_streams_than_a_link_may_is_not_listened_to() {
    let skip = |epoch| Skip { stream: StreamId { origin: stranger().public(), epoch }, first: 1, last: 1 };
    let mut scene = Scene::new(open_settings());
    scene.give(Input::Skip { link: LINK, skips: (1..=70_000).map(skip).collect() });
    scene.bring(story(&stranger(), 70_001, 3, START, "one too many"));
    scene.write();
    assert_eq!(scene.held(stranger().public()), Ranges::new());
    scene.bring(story(&stranger(), 5, 3, START, "one of the first"));
    scene.write();
    assert_eq!(scene.held(stranger().public()), Ranges::up_to(3));
}

/// Somebody else signs in the present epoch: the numbers are the same, what they say is not.
#[test]
fn a_clone_in_the_same_epoch_is_noticed_and_a_new_epoch_is_opened() {
    let mut scene = Scene::new(open_settings());
    let post =
        |ticket| Input::Post { ticket, origin: own().public(), messages: vec![message("mine")], ttl: 0 };
    scene.give(post(1));
    scene.write();
    let epoch = scene.disk.shown[0].stream().epoch;
    // The clock of the clone is years ahead.
    scene.bring(story(&own(), epoch, 1, START + Span::days(1_000), "not mine"));
    scene.write();
    assert!(scene.alarms.iter().any(|alarm| matches!(alarm, Alarm::Cloned { stopped: false })));
    scene.wait(Span::seconds(1));
    scene.give(post(2));
    scene.write();
    let last = scene.disk.shown.last().unwrap();
    assert!(last.stream().epoch > epoch, "the next one is in an epoch that nobody has forked");
    assert!(last.time() <= scene.now + Span::minutes(5), "others take it");
}

fn fails(scene: &mut Scene) -> Vec<Step> {
    let steps = scene.batch.take().unwrap().steps;
    scene.give(Input::NotCommitted);
    steps
}

#[test]
fn while_the_disk_fails_a_batch_is_tried_once_a_second() {
    let mut scene = Scene::new(open_settings());
    scene.give(Input::Block(stranger().public()));
    for _ in 0..5 {
        assert!(matches!(fails(&mut scene)[..], [Step::Block(_)]));
        assert!(scene.batch.is_none(), "not at once");
        scene.now = scene.now + Span::milliseconds(999);
        scene.give(Input::Tick);
        assert!(scene.batch.is_none(), "nor before a second has passed");
        scene.now = scene.now + Span::milliseconds(1);
        scene.give(Input::Tick);
    }
    let batch = scene.batch.take().unwrap();
    assert!(matches!(batch.steps[..], [Step::Block(_)]), "what was to be remembered is not forgotten");
}

/// Two epochs; the second waits for the end of the first, which comes in a batch that fails.
#[test]
fn an_epoch_that_was_released_by_a_batch_that_failed_is_released_by_the_next() {
    let mut scene = Scene::new(open_settings());
    let first = story(&stranger(), 1, 1, START, "first epoch").remove(0);
    let predecessor = Some(hub::Predecessor { epoch: 1, number: 1 });
    let messages = &[message("second epoch")];
    let (previous, time) = (*first.hash(), START + Span(1));
    let draft = Draft { epoch: 2, number: 1, previous, predecessor, time, ttl: 0, messages };
    scene.bring(vec![Arc::new(draft.sign(&stranger()).unwrap())]);
    scene.write();
    assert_eq!(scene.shown(stranger().public()), 0, "it waits");
    scene.bring(vec![first.clone()]);
    let steps = fails(&mut scene);
    assert!(matches!(steps[..], [Step::Append(_), Step::Release { .. }]), "{steps:?}");
    scene.wait(Span::seconds(2));
    scene.link(LinkId(2));
    let envelopes = vec![Checked::before(first)];
    scene.give(Input::Received { link: LinkId(2), envelopes });
    scene.write();
    assert_eq!(scene.shown(stranger().public()), 2);
}

#[test]
fn by_a_clock_that_is_wrong_a_hub_calls_nothing_old_and_forgets_nothing() {
    let mut scene = Scene::new(open_settings());
    let mut story = story(&stranger(), 1, 4, START, "news");
    let last = story.pop().unwrap();
    scene.bring(story);
    scene.write();
    scene.now = scene.now + Span::days(30);
    scene.link_by(LinkId(2), START);
    scene.give(Input::Received { link: LinkId(2), envelopes: vec![Checked::before(last)] });
    scene.wait(Span::hours(1));
    assert_eq!(scene.shown(stranger().public()), 4);
    assert_eq!(scene.held(stranger().public()), Ranges::up_to(4));
    scene.give(Input::Closed { link: LinkId(2) });
    scene.wait(Span::hours(1));
    assert_eq!(scene.held(stranger().public()), Ranges::up_to(4), "without neighbours it knows no better");
    scene.link(LinkId(3));
    scene.wait(Span::hours(1));
    assert_eq!(scene.held(stranger().public()), Ranges::new(), "it is a month later indeed");
}

/// It is in the log, and its time is over before the neighbour comes.
#[test]
fn what_expires_while_it_waits_for_a_neighbour_is_counted_as_discarded_once() {
    let mut scene = Scene::new(open_settings());
    let post = Input::Post { ticket: 1, origin: own().public(), messages: vec![message("brief")], ttl: 60 };
    scene.give(Input::Closed { link: LINK });
    scene.give(post);
    scene.write();
    let id = scene.disk.shown[0].stream();
    scene.wait(Span::minutes(2));
    for link in 2..5 {
        let link = LinkId(link);
        scene.link(link);
        let entry = Position { stream: id, settled: Ranges::new(), push: true };
        scene.give(Input::Have { link, have: Have { complete: false, entries: vec![entry] } });
        let found = scene.disk.fetch(id, 1..=1, 1_000).1;
        scene.give(Input::Fetched { link, stream: id, range: 1..=1, found });
        let neighbour = scene.node.neighbours().next().unwrap();
        let counters = neighbour.counters;
        assert_eq!((neighbour.waiting(), counters.discarded_expired, counters.accepted), (0, 1, 1));
        scene.give(Input::Closed { link });
    }
}
