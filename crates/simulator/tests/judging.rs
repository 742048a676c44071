//! What becomes of an envelope whose signature is right, in a line of three hubs: it comes to the last one.
#![allow(clippy::unwrap_used, missing_docs)]

use bytes::Bytes;
use hub::{
    Alarm, Checked, Draft, Envelope, Input, Message, PostError, Predecessor, SecretKey, Span, StreamId, Time,
};
use simulator::chance::Chance;
use simulator::hub_in_town::HubNo;
use simulator::town::{Town, Trouble};
use simulator::truth;
use simulator::weather::open_settings;
use std::sync::Arc;

fn line(hub: HubNo, _: &mut Chance) -> Vec<HubNo> {
    hub.checked_sub(1).into_iter().collect()
}

fn town(seed: u64) -> Town {
    let mut town = Town::new(seed, 3, &open_settings(), Trouble::default(), line);
    town.run(Span::seconds(3));
    town
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32])
}

/// An origin that signs one envelope after the other.
struct Origin {
    key: SecretKey,
    epoch: u64,
    last: Option<Arc<Envelope>>,
}

impl Origin {
    fn new(seed: u8) -> Origin {
        Origin { key: key(seed), epoch: 1, last: None }
    }

    /// The next one of this epoch, or the first of the next, which names the one before.
    fn sign(&mut self, time: Time, ttl: u32, is_new_epoch: bool) -> Arc<Envelope> {
        let previous = self.last.as_ref().map_or([0; 32], |last| *last.hash());
        let mut number = self.last.as_ref().map_or(1, |last| last.number() + 1);
        let mut predecessor = None;
        if is_new_epoch {
            predecessor = Some(Predecessor { epoch: self.epoch, number: number - 1 });
            (self.epoch, number) = (self.epoch + 1, 1);
        }
        let messages = &[Message { media_type: "text/plain".into(), body: Bytes::from_static(b"x") }];
        let draft = Draft { epoch: self.epoch, number, previous, predecessor, time, ttl, messages };
        let envelope = Arc::new(draft.sign(&self.key).unwrap());
        self.last = Some(envelope.clone());
        envelope
    }
}

fn comes(town: &mut Town, envelope: &Arc<Envelope>) {
    let link = *town.hubs[2].links.first_key_value().unwrap().0;
    town.give(2, Input::Received { link, envelopes: vec![Checked::before(envelope.clone())] });
}

/// What applications of a hub have seen of an origin, by epoch and number.
fn shown(town: &Town, hub: HubNo, seed: u8) -> Vec<(u64, u64)> {
    let of = |id: StreamId| id.origin == key(seed).public();
    let shown = town.hubs[hub].disk.shown.iter().filter(|one| of(one.stream()));
    shown.map(|one| (one.stream().epoch, one.number())).collect()
}

#[test]
fn a_blocked_origin_is_passed_on_no_more_from_its_next_message_on() {
    let (mut town, mut origin) = (town(1), Origin::new(9));
    let (before, after) = (origin.sign(town.now, 0, false), origin.sign(town.now, 0, false));
    comes(&mut town, &before);
    town.run(Span::seconds(2));
    town.give(1, Input::Block(key(9).public()));
    comes(&mut town, &after);
    town.run(Span::minutes(5));
    let seen = [0, 1, 2].map(|hub| shown(&town, hub, 9));
    assert_eq!(seen, [vec![(1, 1)], vec![(1, 1)], vec![(1, 1), (1, 2)]]);
    assert!(town.traffic(1).refused > 0);
}

#[test]
fn what_is_past_its_ttl_is_settled_and_what_comes_after_it_is_shown() {
    let (mut town, mut origin) = (town(2), Origin::new(9));
    let old = town.now - Span::seconds(11);
    let (expired, next) = (origin.sign(old, 10, false), origin.sign(town.now, 0, false));
    comes(&mut town, &expired);
    comes(&mut town, &next);
    town.run(Span::minutes(2));
    assert_eq!([0, 1, 2].map(|hub| shown(&town, hub, 9)), [vec![(1, 2)], vec![(1, 2)], vec![(1, 2)]]);
    assert_eq!(town.traffic(2).expired, 1);
    assert_eq!(truth::all_is_quiet(&mut town), Vec::<String>::new());
}

#[test]
fn an_epoch_is_held_back_for_the_one_before_for_thirty_seconds_and_passed_on_at_once() {
    let (mut town, mut origin) = (town(3), Origin::new(9));
    let first = origin.sign(town.now, 0, false);
    let second = origin.sign(town.now + Span(1), 0, true);
    let third = origin.sign(town.now + Span(2), 0, true);
    comes(&mut town, &second);
    town.run(Span::seconds(2));
    assert_eq!(shown(&town, 2, 9), []);
    let has = |town: &Town, hub: HubNo| town.hubs[hub].node.as_ref().unwrap().streams().count();
    assert_eq!([0, 1, 2].map(|hub| has(&town, hub)), [1; 3], "it is passed on at once");
    comes(&mut town, &first);
    town.run(Span::seconds(2));
    assert_eq!([0, 2].map(|hub| shown(&town, hub, 9)), [vec![(1, 1), (2, 1)], vec![(1, 1), (2, 1)]]);
    // Of another one nobody has the end of the epoch before.
    let mut other = Origin::new(8);
    other.sign(town.now, 0, false);
    let alone = other.sign(town.now + Span(1), 0, true);
    comes(&mut town, &alone);
    comes(&mut town, &third);
    town.run(Span::seconds(29));
    assert_eq!((shown(&town, 2, 8).len(), shown(&town, 2, 9).len()), (0, 3));
    town.run(Span::seconds(2));
    assert_eq!(shown(&town, 2, 8), [(2, 1)]);
}

#[test]
fn ten_new_origins_are_taken_in_a_minute_and_the_others_later() {
    let mut town = town(4);
    // The last hub takes all of them at once.
    town.crash(2);
    town.hubs[2].settings.limits = None;
    town.start(2);
    town.run(Span::seconds(2));
    for seed in 100..115 {
        let envelope = Origin::new(seed).sign(town.now, 0, false);
        comes(&mut town, &envelope);
    }
    town.run(Span::seconds(2));
    let count =
        |town: &Town, hub: HubNo| (100..115).filter(|seed| !shown(town, hub, *seed).is_empty()).count();
    assert_eq!((count(&town, 2), count(&town, 1)), (15, 10));
    town.run(Span::minutes(2));
    assert_eq!([0, 1].map(|hub| count(&town, hub)), [15, 15]);
}

#[test]
fn a_hub_whose_clock_all_neighbours_contradict_posts_nothing_and_says_so() {
    let mut town = town(5);
    let says = |town: &Town, wrong: bool| {
        let is = |alarm: &Alarm| matches!(alarm, Alarm::Clock(is_wrong) if *is_wrong == wrong);
        town.alarms.iter().filter(|(hub, alarm)| *hub == 2 && is(alarm)).count()
    };
    let restart = |town: &mut Town, ahead: i64| {
        town.crash(2);
        town.hubs[2].clock_is_ahead = ahead;
        town.start(2);
        town.run(Span::seconds(5));
    };
    restart(&mut town, 600_000_000);
    let refused = town.post(2, "from the future");
    assert_eq!(town.posts[2].refused, [(refused, PostError::Clock)]);
    assert_eq!((says(&town, true), says(&town, false)), (1, 0));
    let other = town.post(1, "from one who has another neighbour");
    town.run(Span::seconds(2));
    assert!(town.posts[1].taken.contains_key(&other));
    restart(&mut town, 0);
    let taken = town.post(2, "in time");
    town.run(Span::seconds(2));
    assert!(town.posts[2].taken.contains_key(&taken));
}
