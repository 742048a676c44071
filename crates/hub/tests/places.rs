//! Who is a neighbour, who is believed, and what of it a restart remembers: a node, and a clock that is set by hand.
#![allow(clippy::unwrap_used, missing_docs)]

use hub::{
    Checked, Clones, Draft, Input, Join, LinkId, Message, Node, NodeSettings, Output, Peer, PostError,
    PublicKey, Reason, Restored, RestoredNeighbour, Seal, SecretKey, Span, Standing, Step, Time,
};

const START: Time = Time(1_700_000_000_000_000);

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32])
}

fn public(seed: u8) -> PublicKey {
    key(seed).public()
}

struct Scene {
    node: Node,
    now: Time,
}

impl Scene {
    fn new(join: Join, restored: Restored) -> Scene {
        let settings = NodeSettings { join, neighbours_most: 2, ..NodeSettings::default() };
        Scene { node: Node::new(settings, vec![key(1)], restored, START), now: START }
    }

    /// What is to be written is written at once.
    fn give(&mut self, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        self.node.on(self.now, input, &mut out);
        if out.iter().any(|output| matches!(output, Output::Commit(_))) {
            self.node.on(self.now, Input::Committed, &mut out);
        }
        out
    }

    fn open(&mut self, seed: u8) -> Vec<Output> {
        self.open_as(seed, false)
    }

    /// The number of the link is the seed.
    fn open_as(&mut self, seed: u8, is_upstream: bool) -> Vec<Output> {
        let (name, address) = (format!("neighbour {seed}"), format!("wss://{seed}.example.org"));
        let (window_envelopes, window_bytes, envelope_most) = (4096, 4 * 1024 * 1024, 256 * 1024);
        let (key, clock) = (public(seed), self.now);
        let peer =
            Peer { key, name, address, is_upstream, clock, window_envelopes, window_bytes, envelope_most };
        self.give(Input::Opened { link: LinkId(seed.into()), peer })
    }

    fn close(&mut self, seed: u8) {
        self.give(Input::Closed { link: LinkId(seed.into()) });
    }

    fn post(&mut self) -> Vec<Output> {
        let messages = vec![Message { media_type: "text/plain".to_owned(), body: "news".into() }];
        self.give(Input::Post { ticket: 1, origin: public(1), messages, ttl: 0 })
    }

    fn standing(&self, seed: u8) -> Option<Standing> {
        self.node.neighbours().find(|one| one.key == public(seed)).map(|one| one.standing)
    }
}

fn refusal(out: &[Output]) -> Option<Reason> {
    out.iter().find_map(|output| if let Output::Close { bye, .. } = output { Some(bye.reason) } else { None })
}

fn forgotten(out: &[Output]) -> Vec<PublicKey> {
    out.iter().filter_map(|one| if let Output::Forgotten(key) = one { Some(*key) } else { None }).collect()
}

fn steps(out: &[Output]) -> Vec<&Step> {
    let batches =
        out.iter().filter_map(|one| if let Output::Commit(batch) = one { Some(batch) } else { None });
    batches.flat_map(|batch| &batch.steps).collect()
}

fn posted(out: &[Output]) -> Option<PostError> {
    let found =
        out.iter().find_map(|one| if let Output::Posted { result, .. } = one { Some(*result) } else { None });
    found.unwrap().err()
}

fn signed(seed: u8, number: u64) -> Checked {
    let messages = [Message { media_type: "text/plain".to_owned(), body: "news".into() }];
    let (epoch, previous) = (START.0, [0; 32]);
    let draft =
        Draft { epoch, number, previous, predecessor: None, time: START, ttl: 0, messages: &messages };
    Seal::of(draft.sign(&key(seed)).unwrap()).check().unwrap()
}

/// Approving let it link, and everything that it signed stayed refused.
#[test]
fn who_is_approved_after_a_block_is_believed_again() {
    let mut scene = Scene::new(Join::Open, Restored::default());
    scene.open(2);
    scene.give(Input::Block(public(3)));
    let bring = |scene: &mut Scene| {
        let link = LinkId(2);
        scene.give(Input::Received { link, envelopes: vec![signed(3, 1)] })
    };
    assert!(steps(&bring(&mut scene)).is_empty());
    let approved = scene.give(Input::Approve(public(3)));
    assert!(matches!(steps(&approved)[..], [Step::Unblock(key)] if *key == public(3)));
    // What was turned away is asked for again.
    let asks = |one: &Output| {
        matches!(one, Output::Send { frame: hub::Frame::Have(have), .. }
        if have.entries.iter().any(|entry| entry.stream.origin == public(3) && entry.push))
    };
    assert!(approved.iter().any(asks) || scene.tick(Span::seconds(1)).iter().any(asks));
    assert!(matches!(steps(&bring(&mut scene))[..], [Step::Append(_), ..]));
}

impl Scene {
    fn tick(&mut self, later: Span) -> Vec<Output> {
        self.now = self.now + later;
        self.give(Input::Tick)
    }
}

/// Only a test could resume it, and a restart resumed both.
#[test]
fn a_clone_stays_stopped_through_a_restart_until_its_webmaster_resumes_it() {
    let clones = Clones { last_sign: Some(START), is_stopped: true };
    let mut scene = Scene::new(Join::Open, Restored { clones, ..Restored::default() });
    assert_eq!(posted(&scene.post()), Some(PostError::Cloned));
    let resumed = scene.give(Input::Resume);
    assert!(matches!(steps(&resumed)[..], [Step::Clones(known)] if *known == Clones::default()));
    assert_eq!(posted(&scene.post()), None);
    assert!(steps(&scene.give(Input::Resume)).is_empty());
}

#[test]
fn the_first_sign_of_a_clone_counts_after_a_restart_as_well() {
    let clones = Clones { last_sign: Some(START), is_stopped: false };
    let mut scene = Scene::new(Join::Open, Restored { clones, ..Restored::default() });
    scene.open(2);
    assert_eq!(posted(&scene.post()), None);
    scene.now = scene.now + Span::minutes(1);
    let (epoch, previous) = (scene.now.0, [0; 32]);
    let messages = [Message { media_type: "text/plain".to_owned(), body: "other".into() }];
    let draft =
        Draft { epoch, number: 1, previous, predecessor: None, time: scene.now, ttl: 0, messages: &messages };
    let envelopes = vec![Seal::of(draft.sign(&key(1)).unwrap()).check().unwrap()];
    let out = scene.give(Input::Received { link: LinkId(2), envelopes });
    assert!(steps(&out).iter().any(|step| matches!(step, Step::Clones(Clones { is_stopped: true, .. }))));
    assert_eq!(posted(&scene.post()), Some(PostError::Cloned));
}

/// A thousand keys that linked once and never came back locked everybody out.
#[test]
fn who_is_away_for_a_day_gives_way_to_a_newcomer() {
    let mut scene = Scene::new(Join::Open, Restored::default());
    for seed in [2, 3] {
        assert_eq!(refusal(&scene.open(seed)), None);
    }
    scene.close(2);
    scene.tick(Span::hours(1));
    scene.close(3);
    assert_eq!(refusal(&scene.open(4)), Some(Reason::Busy));
    scene.tick(Span::hours(23));
    let out = scene.open(4);
    assert_eq!((refusal(&out), forgotten(&out)), (None, vec![public(2)]));
    assert_eq!(refusal(&scene.open(2)), Some(Reason::Busy));
}

#[test]
fn an_upstream_is_never_one_too_many() {
    let mut scene = Scene::new(Join::Open, Restored::default());
    for seed in [2, 3] {
        scene.open(seed);
    }
    assert_eq!(refusal(&scene.open_as(4, true)), None);
}

#[test]
fn who_waits_for_the_webmaster_takes_no_place_and_is_forgotten_after_a_day() {
    let mut scene = Scene::new(Join::Approve, Restored::default());
    for seed in 2..10 {
        assert_eq!(refusal(&scene.open(seed)), Some(Reason::NotApproved));
    }
    assert_eq!(refusal(&scene.open_as(20, true)), None);
    scene.tick(Span::hours(12));
    scene.open(2);
    let gone = forgotten(&scene.tick(Span::hours(13)));
    assert_eq!(gone.len(), 7);
    assert_eq!((scene.standing(2), scene.standing(3)), (Some(Standing::Pending), None));
}

#[test]
fn a_neighbour_is_forgotten_if_the_webmaster_wants_it_and_a_block_is_not() {
    let mut scene = Scene::new(Join::Open, Restored::default());
    scene.open(2);
    let out = scene.give(Input::Forget(public(2)));
    assert_eq!((refusal(&out), forgotten(&out)), (Some(Reason::NotApproved), vec![public(2)]));
    scene.give(Input::Block(public(3)));
    assert!(forgotten(&scene.give(Input::Forget(public(3)))).is_empty());
    assert_eq!(scene.standing(3), Some(Standing::Blocked));
}

/// After a restart it was like any other, until it was linked: ten attempts, and it was given up.
#[test]
fn an_upstream_is_known_as_one_from_the_start() {
    let known = |standing| RestoredNeighbour {
        key: public(2),
        name: "upstream".to_owned(),
        address: "wss://2.example.org".to_owned(),
        standing,
        attempts: 9,
        inactive_since: (standing == Standing::Inactive).then_some(START),
    };
    for standing in [Standing::Active, Standing::Inactive] {
        let (neighbours, upstreams) = (vec![known(standing)], [public(2)].into());
        let mut scene = Scene::new(Join::Open, Restored { neighbours, upstreams, ..Restored::default() });
        scene.post();
        for _ in 0..40 {
            let out = scene.tick(Span::hours(1));
            assert!(!out.iter().any(|one| matches!(one, Output::Dial { .. } | Output::Alarm(_))));
        }
        assert_eq!(scene.standing(2), Some(Standing::Active));
    }
}

/// Everything that was due waited until the clock had come back to where it was.
#[test]
fn a_clock_that_is_set_back_makes_nobody_wait_for_the_way_back() {
    let mut scene = Scene::new(Join::Open, Restored::default());
    scene.open(2);
    scene.close(2);
    scene.post();
    scene.now = scene.now - Span::hours(1);
    let mut out = scene.tick(Span(0));
    out.extend(scene.tick(Span::seconds(7)));
    assert!(out.iter().any(|one| matches!(one, Output::Dial { key, .. } if *key == public(2))));
}
