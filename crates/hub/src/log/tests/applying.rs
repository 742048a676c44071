//! What was applied is what is restored.

use super::scene::Scene;
use crate::envelope::Envelope;
use crate::key::{PublicKey, SecretKey};
use crate::log::Fork;
use crate::node::{Clones, RestoredNeighbour, Standing, Step};
use crate::time::Time;
use std::sync::Arc;

#[test]
fn applications_see_what_was_appended_in_one_order_without_gaps() {
    let scene = Scene::new();
    scene.commit(scene.appends(1, 1..=2));
    scene.commit(scene.appends(2, 1..=1));
    scene.commit(scene.appends(1, 3..=3));
    assert_eq!(scene.seen(0), [(1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 1, 3)]);
    assert_eq!(scene.seen(3), [(4, 1, 3)]);
    assert_eq!(*scene.log.news().borrow(), 4);
}

#[test]
fn what_is_early_is_seen_once_it_is_released() {
    let mut scene = Scene::new();
    scene.commit([scene.appends(1, 1..=1), scene.early(1, 3..=4)].concat());
    assert_eq!(scene.seen(0), [(1, 1, 1)]);
    let restored = scene.reopen(2).streams.remove(0);
    assert_eq!((restored.delivered, restored.held.runs().collect::<Vec<_>>()), (1, vec![1..=1, 3..=4]));

    let release = Step::Release { stream: scene.stream(1), range: 3..=9 };
    scene.commit([scene.appends(1, 2..=2), vec![release]].concat());
    assert_eq!(scene.seen(1), [(2, 1, 2), (3, 1, 3), (4, 1, 4)]);
    let restored = scene.reopen(3).streams.remove(0);
    assert_eq!((restored.delivered, restored.held.settled()), (4, 4));
    let last = scene.envelope(1, 4);
    assert_eq!(restored.last, Some((4, *last.hash(), last.time())));
}

#[test]
fn what_was_given_up_counts_as_held() {
    let mut scene = Scene::new();
    let settle = Step::Settle { stream: scene.stream(1), range: 2..=5 };
    scene.commit([scene.appends(1, 1..=1), vec![settle], scene.early(1, 7..=7)].concat());
    let restored = scene.reopen(2).streams.remove(0);
    assert_eq!((restored.delivered, restored.last.unwrap().0), (5, 1));
    assert_eq!(restored.held.runs().collect::<Vec<_>>(), vec![1..=5, 7..=7]);
    // After what was given up, the envelopes go on.
    scene.commit(scene.appends(1, 6..=6));
    assert_eq!(scene.reopen(3).streams[0].held.settled(), 7);
}

#[test]
fn forks_floors_blocks_and_neighbours_are_remembered() {
    let mut scene = Scene::new();
    let (origin, neighbour) = (scene.key.public(), SecretKey::from_seed([9; 32]).public());
    scene.commit(scene.appends(1, 1..=1));
    let (kept, other) = ([0; 32], scene.envelope(1, 9));
    let forked = Step::Forked { stream: scene.stream(1), kept, other, at: Time(4) };
    let floor = |time| Step::Floor { origin, floor: Time(time) };
    scene.commit(vec![forked, floor(5), floor(3), Step::Block(neighbour)]);
    let kept = RestoredNeighbour {
        key: neighbour,
        name: "Ada".to_owned(),
        address: String::new(),
        standing: Standing::Inactive,
        attempts: 10,
        inactive_since: Some(Time(7)),
    };
    scene.log.keep_neighbour(kept);
    let restored = scene.reopen(2);
    assert!(restored.streams[0].forked);
    let mut origins: Vec<_> = restored.origins.iter().map(|one| (one.key, one.floor, one.blocked)).collect();
    origins.sort_by_key(|one| one.2);
    assert_eq!(origins, [(origin, Time(5), false), (neighbour, Time(0), true)]);
    let [kept] = restored.neighbours.as_slice() else { panic!("one neighbour") };
    assert_eq!((kept.key, kept.standing, kept.attempts), (neighbour, Standing::Inactive, 10));
    assert_eq!(kept.inactive_since, Some(Time(7)));
}

#[test]
fn a_forgotten_stream_is_not_restored_though_its_envelopes_stay() {
    let mut scene = Scene::new();
    scene.commit([scene.appends(1, 1..=2), scene.early(2, 5..=5)].concat());
    scene.commit(vec![Step::Forget(scene.stream(1)), Step::Forget(scene.stream(2))]);
    assert!(scene.reopen(2).streams.is_empty());
    assert_eq!(scene.seen(0).len(), 2);
}

#[test]
fn who_answered_first_at_an_address_stays_pinned() {
    let scene = Scene::new();
    let keys: Vec<PublicKey> = (1..=2).map(|seed| SecretKey::from_seed([seed; 32]).public()).collect();
    let url = || "wss://hub.example".to_owned();
    assert_eq!(scene.wait(scene.log.pinned(url())).unwrap(), None);
    keys.iter().for_each(|key| scene.wait(scene.log.pin(url(), *key)).unwrap());
    assert_eq!(scene.wait(scene.log.pinned(url())).unwrap(), Some(keys[0]));
}

#[test]
fn who_is_let_in_again_is_no_more_blocked_after_a_restart() {
    let mut scene = Scene::new();
    let key = scene.key.public();
    scene.commit(vec![Step::Block(key)]);
    scene.commit(vec![Step::Unblock(key)]);
    assert!(scene.reopen(2).origins.iter().all(|origin| !origin.blocked));
}

#[test]
fn signs_of_a_clone_survive_a_restart() {
    let mut scene = Scene::new();
    assert_eq!(scene.reopen(2).clones, Clones::default());
    let seen = Clones { last_sign: Some(Time(8)), is_stopped: true };
    scene.commit(vec![Step::Clones(seen)]);
    assert_eq!(scene.reopen(3).clones, seen);
    scene.commit(vec![Step::Clones(Clones::default())]);
    assert_eq!(scene.reopen(4).clones, Clones::default());
}

/// An alarm in memory carried the proof, and a hundred newcomers pushed it out.
#[test]
fn both_envelopes_of_a_fork_are_kept_and_of_each_origin_the_first_pair() {
    let mut scene = Scene::new();
    let (origin, kept, other) = (scene.key.public(), scene.envelope(1, 2), scene.envelope(1, 3));
    let forked = |kept: &Envelope, other: &Arc<Envelope>| Step::Forked {
        stream: other.stream(),
        kept: *kept.hash(),
        other: Arc::clone(other),
        at: Time(4),
    };
    // What was there first is of the same batch.
    scene.commit([vec![forked(&kept, &other)], scene.appends(1, 1..=2)].concat());
    scene.commit(vec![forked(&kept, &scene.envelope(2, 1))]);
    scene.reopen(2);
    let fork = Fork { stream: scene.stream(1), number: 3, at: Time(4) };
    assert_eq!(scene.wait(scene.log.forks()).unwrap(), [fork]);
    let proof = scene.wait(scene.log.proof(origin)).unwrap().unwrap();
    assert_eq!(proof.kept.unwrap().bytes(), kept.bytes());
    assert_eq!(proof.other.bytes(), other.bytes());
}
