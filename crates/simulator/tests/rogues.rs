//! Hubs and origins that do not keep to the protocol, and origins that only seem not to.
#![allow(clippy::unwrap_used, missing_docs)]

use bytes::Bytes;
use hub::{Alarm, Checked, Draft, Input, Message, Span, Time};
use simulator::chance::Chance;
use simulator::hub_in_town::{HubNo, Lies};
use simulator::town::{Town, Trouble};
use simulator::truth;
use simulator::weather::open_settings;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Each hub dials the one before it, and the one before that.
fn ladder(hub: HubNo, _: &mut Chance) -> Vec<HubNo> {
    [hub.checked_sub(1), hub.checked_sub(2)].into_iter().flatten().collect()
}

fn town(seed: u64, hubs: usize) -> Town {
    let mut town = Town::new(seed, hubs, &open_settings(), Trouble::default(), ladder);
    town.run(Span::seconds(3));
    town
}

fn settle(town: &mut Town) -> Vec<String> {
    town.heal();
    town.run(Span::minutes(5));
    truth::in_the_end(town, &BTreeSet::new())
}

fn none() -> Vec<String> {
    Vec::new()
}

/// Who says that it has everything is sent nothing.
fn of_the_others(mut wrong: Vec<String>) -> Vec<String> {
    wrong.retain(|what| !what.starts_with("hub 2 lacks"));
    wrong
}

#[test]
fn a_hub_that_claims_to_have_what_nobody_has_keeps_nothing_from_the_others() {
    for seed in 1..=20 {
        let mut town = town(seed, 6);
        town.hubs[2].lies = Lies { in_have: true, in_skip: false };
        for second in 0..60 {
            town.post(second % 6, "news");
            town.run(Span::seconds(1));
        }
        assert_eq!(of_the_others(settle(&mut town)), none(), "seed {seed}");
    }
}

#[test]
fn a_hub_that_skips_what_it_has_keeps_nothing_from_who_has_another_source() {
    for seed in 1..=20 {
        let mut town = town(seed, 6);
        town.hubs[2].lies = Lies { in_have: true, in_skip: true };
        for second in 0..60 {
            town.post(second % 6, "news");
            town.run(Span::seconds(1));
            if second % 20 == 10 {
                town.crash(4);
                town.start_later(4, Span::seconds(5));
            }
        }
        assert_eq!(of_the_others(settle(&mut town)), none(), "seed {seed}");
    }
}

#[test]
fn a_thousand_restarts_of_one_origin_lose_nothing_and_leave_few_streams() {
    let mut town = town(1, 4);
    for _ in 0..1000 {
        town.post(3, "news");
        town.run(Span::seconds(1));
        town.crash(3);
        town.start_later(3, Span::milliseconds(500));
        town.run(Span::seconds(1));
    }
    assert_eq!(settle(&mut town), none());
    assert_eq!(truth::epochs_rise(&town), none());
    for hub in &town.hubs {
        let origin = town.hubs[3].key.public();
        let streams = hub.node.as_ref().unwrap().streams().filter(|(id, _)| id.origin == origin).count();
        assert!(streams <= 64, "{streams}");
    }
}

#[test]
fn an_origin_that_floods_is_slowed_down_and_the_others_are_not() {
    let mut town = town(5, 4);
    // What a hub that keeps to the limits would not sign at once.
    let key = hub::SecretKey::from_seed([9; 32]);
    let mut previous = [0; 32];
    let mut flood = Vec::new();
    for number in 1..=4000 {
        let message = Message { media_type: "text/plain".into(), body: Bytes::from_static(b"spam") };
        let draft = Draft {
            epoch: 1,
            number,
            previous,
            predecessor: None,
            time: town.now,
            ttl: 0,
            messages: &[message],
        };
        let envelope = draft.sign(&key).unwrap();
        previous = *envelope.hash();
        flood.push(Arc::new(envelope));
    }
    let link = *town.hubs[3].links.first_key_value().unwrap().0;
    let envelopes = flood.iter().cloned().map(Checked::before).collect();
    town.give(3, Input::Received { link, envelopes });
    let ticket = town.post(2, "news");
    town.run(Span::seconds(2));
    let taken = |town: &Town| {
        let shown = town.hubs[3].disk.shown.iter();
        shown.filter(|envelope| envelope.stream().origin == key.public()).count()
    };
    assert_eq!(taken(&town), 2_000, "a burst, and no more at once");
    assert!(town.traffic(3).limited > 0);
    let posted = town.posts[2].taken[&ticket].1;
    assert!(town.shown_at.contains_key(&(3, posted.stream, posted.number)), "others are not slowed down");
}

#[test]
fn an_origin_that_signs_two_stories_is_believed_the_first_and_no_more_of_that_epoch() {
    let mut town = town(6, 3);
    let key = hub::SecretKey::from_seed([8; 32]);
    let sign = |epoch, number, previous, time: Time, text: &'static str| {
        let message = Message { media_type: "text/plain".into(), body: Bytes::from_static(text.as_bytes()) };
        let messages = &[message];
        let draft = Draft { epoch, number, previous, predecessor: None, time, ttl: 0, messages };
        Arc::new(draft.sign(&key).unwrap())
    };
    let now = town.now;
    let (one, other) = (sign(1, 1, [0; 32], now, "one"), sign(1, 1, [0; 32], now, "other"));
    let next = sign(1, 2, *one.hash(), now, "next");
    let later = sign(2, 1, [0; 32], now + Span::seconds(1), "a new epoch");
    for envelope in [&one, &other, &next, &later] {
        let link = *town.hubs[2].links.first_key_value().unwrap().0;
        town.give(2, Input::Received { link, envelopes: vec![Checked::before(envelope.clone())] });
        town.run(Span::seconds(2));
    }
    let shown: Vec<_> = town.hubs[2].disk.shown.iter().map(|found| *found.hash()).collect();
    assert_eq!(shown, [*one.hash(), *later.hash()]);
    let proof = town.alarms.iter().find_map(|(hub, alarm)| match alarm {
        Alarm::Forked { kept, other, .. } if *hub == 2 => Some((*kept, *other.hash())),
        _ => None,
    });
    assert_eq!(proof, Some((*one.hash(), *other.hash())));
}

/// Signs as an origin that keeps to no rule: one envelope in each epoch.
fn sole(epoch: u64, time: Time) -> Checked {
    let messages = [Message { media_type: "text/plain".into(), body: Bytes::from_static(b"sole") }];
    let (number, previous) = (1, [0; 32]);
    let draft = Draft { epoch, number, previous, predecessor: None, time, ttl: 0, messages: &messages };
    Checked::before(Arc::new(draft.sign(&hub::SecretKey::from_seed([7; 32])).unwrap()))
}

/// What a hub follows of that origin.
fn epochs(town: &Town, hub: HubNo) -> Vec<u64> {
    let origin = hub::SecretKey::from_seed([7; 32]).public();
    let streams = town.hubs[hub].node.as_ref().unwrap().streams();
    streams.filter(|(id, _)| id.origin == origin).map(|(id, _)| id.epoch).collect()
}

#[test]
fn an_origin_that_signs_its_epochs_backwards_is_held_to_sixty_four_like_any_other() {
    let mut town = town(8, 3);
    for epoch in (1..=200).rev() {
        let link = *town.hubs[2].links.first_key_value().unwrap().0;
        let envelopes = vec![sole(epoch, town.now)];
        town.give(2, Input::Received { link, envelopes });
        town.run(Span::seconds(1));
    }
    assert_eq!(epochs(&town, 2), (137..=200).collect::<Vec<_>>());
    assert_eq!(truth::all_is_quiet(&mut town), none());
}

/// The oldest of 65 epochs is still on its way to the disk when it is forgotten.
#[test]
fn an_epoch_that_is_forgotten_while_it_is_written_is_neither_passed_on_nor_asked_for_again() {
    let mut town = town(9, 3);
    let link = *town.hubs[2].links.first_key_value().unwrap().0;
    let (old, now) = (town.now, town.now + Span::seconds(1));
    town.give(2, Input::Received { link, envelopes: vec![sole(1, old)] });
    town.give(2, Input::Received { link, envelopes: (2..=65).map(|epoch| sole(epoch, now)).collect() });
    town.run(Span::seconds(5));
    for hub in 0..3 {
        assert_eq!(epochs(&town, hub), (2..=65).collect::<Vec<_>>(), "hub {hub}");
    }
    assert_eq!(truth::all_is_quiet(&mut town), none());
    // It was written, so it was shown; it is not shown again, nor after a restart.
    town.crash(2);
    town.start(2);
    town.run(Span::seconds(5));
    assert_eq!(epochs(&town, 2), (2..=65).collect::<Vec<_>>());
    let link = *town.hubs[2].links.first_key_value().unwrap().0;
    town.give(2, Input::Received { link, envelopes: vec![sole(1, old)] });
    town.run(Span::seconds(5));
    assert_eq!((town.hubs[2].disk.shown.len(), settle(&mut town)), (65, none()));
}

#[test]
fn a_node_that_meets_its_clone_twice_stops_posting_and_says_so() {
    let mut town = town(7, 4);
    // The third hub runs with the key and a copy of the disk of the second one.
    town.post(1, "before");
    town.run(Span::seconds(2));
    town.crash(3);
    town.hubs[3].disk = town.hubs[1].disk.clone();
    town.hubs[3].key = town.hubs[1].key.clone();
    town.start(3);
    for _ in 0..4 {
        town.post(1, "one");
        town.run(Span::seconds(5));
        town.post(3, "other");
        town.run(Span::seconds(5));
    }
    let stopped = |alarm: &Alarm| matches!(alarm, Alarm::Cloned { stopped: true });
    assert!(town.alarms.iter().any(|(_, alarm)| stopped(alarm)), "{:?}", town.alarms);
    let refused = [1, 3].map(|hub: HubNo| town.posts[hub].refused.clone());
    assert!(refused.iter().flatten().any(|(_, error)| *error == hub::PostError::Cloned), "{refused:?}");
}
