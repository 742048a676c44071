//! What a link gets of a stream.

use super::scene::Scene;
use crate::log::fetch::Found;
use std::ops::RangeInclusive;

fn fetch(scene: &Scene, range: RangeInclusive<u64>, bytes: usize) -> (RangeInclusive<u64>, Vec<u64>) {
    let found = scene.wait(scene.log.fetch(scene.stream(1), range, bytes)).unwrap();
    let Found { range, envelopes } = found;
    (range, envelopes.iter().map(|envelope| envelope.number()).collect())
}

#[test]
fn a_link_gets_what_is_early_as_well() {
    let scene = Scene::new();
    scene.commit([scene.appends(1, 1..=3), scene.early(1, 5..=6)].concat());
    assert_eq!(fetch(&scene, 2..=9, 1_000_000), (2..=9, vec![2, 3, 5, 6]));
}

#[test]
fn enough_bytes_end_a_fetch_after_at_least_one_envelope() {
    let scene = Scene::new();
    scene.commit([scene.appends(1, 1..=3), scene.early(1, 5..=6)].concat());
    let one = scene.envelope(1, 1).bytes().len();
    assert_eq!(fetch(&scene, 1..=9, 0), (1..=1, vec![1]));
    assert_eq!(fetch(&scene, 1..=9, one + 1), (1..=2, vec![1, 2]));
    assert_eq!(fetch(&scene, 3..=9, one), (3..=5, vec![3, 5]));
}

#[test]
fn what_nobody_has_is_answered_with_nothing() {
    let scene = Scene::new();
    assert_eq!(fetch(&scene, 1..=9, 100), (1..=9, vec![]));
    assert!(scene.wait(scene.log.envelope(scene.stream(1), 1)).unwrap().is_none());
    scene.commit(scene.appends(1, 1..=1));
    let found = scene.wait(scene.log.envelope(scene.stream(1), 1)).unwrap().unwrap();
    assert_eq!(found, scene.envelope(1, 1));
}
