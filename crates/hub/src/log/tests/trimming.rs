//! What is let go, and what is known of it afterwards.

use super::scene::{DAY, Scene};
use crate::log::{LetGo, Retention};
use crate::node::Step;
use crate::time::{Span, Time};

#[test]
fn what_was_let_go_still_counts_as_held() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=9));
    let week = Retention::default();
    let gone = scene.wait(scene.log.trim(week, Time(11 * DAY))).unwrap().unwrap();
    let bytes = (1..=4).map(|number| scene.envelope(1, number).bytes().len() as u64).sum();
    assert_eq!(gone, LetGo { stream: scene.stream(1), to: 4, envelopes: 4, bytes });
    assert_eq!(scene.wait(scene.log.trim(week, Time(11 * DAY))).unwrap(), None);
    assert_eq!(scene.seen(0)[0], (5, 1, 5));
    let restored = scene.reopen(2).streams.remove(0);
    assert_eq!((restored.held.settled(), restored.delivered), (9, 9));
}

#[test]
fn a_stream_that_was_let_go_altogether_remembers_its_last_envelope() {
    let mut scene = Scene::new();
    let settle = |range| vec![Step::Settle { stream: scene.stream(1), range }];
    scene.commit([scene.appends(1, 1..=1), settle(2..=2), scene.appends(1, 3..=3), settle(4..=4)].concat());
    scene.wait(scene.log.trim(Retention::default(), Time(99 * DAY))).unwrap().unwrap();
    let restored = scene.reopen(2).streams.remove(0);
    let last = scene.envelope(1, 3);
    assert_eq!(restored.last, Some((3, *last.hash(), last.time())));
    assert_eq!((restored.held.settled(), restored.delivered), (4, 4));
}

#[test]
fn too_much_is_let_go_until_it_fits_whatever_was_there_before_the_start() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=5));
    scene.reopen(2);
    scene.commit(scene.appends(1, 6..=9));
    let one = scene.envelope(1, 9).bytes().len() as u64;
    let small = Retention { age: Span::days(99), bytes: 3 * one };
    let gone = scene.wait(scene.log.trim(small, Time(50 * DAY))).unwrap().unwrap();
    assert_eq!(gone.to, 6);
    assert_eq!(scene.wait(scene.log.trim(small, Time(50 * DAY))).unwrap(), None);
}

#[test]
fn a_forgotten_stream_goes_with_its_last_envelope() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=2));
    scene.commit(vec![Step::Forget(scene.stream(1))]);
    scene.wait(scene.log.trim(Retention::default(), Time(99 * DAY))).unwrap().unwrap();
    assert_eq!(scene.log.shared.index().streams().count(), 0);
    // If it comes again all the same, it is a new stream.
    scene.commit(scene.appends(1, 1..=1));
    assert_eq!(scene.reopen(2).streams[0].held.settled(), 1);
}

/// It was marked as forgotten for good: after a restart nobody knew what of it was there.
#[test]
fn a_forgotten_stream_of_which_more_comes_is_followed_again() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=2));
    scene.commit(vec![Step::Forget(scene.stream(1))]);
    let settle = Step::Settle { stream: scene.stream(1), range: 1..=2 };
    scene.commit([vec![settle], scene.appends(1, 3..=3)].concat());
    assert_eq!(scene.reopen(2).streams[0].held.settled(), 3);
    // The same within one batch, and after a start.
    scene.commit([vec![Step::Forget(scene.stream(1))], scene.appends(1, 4..=4)].concat());
    assert_eq!(scene.reopen(3).streams[0].held.settled(), 4);
    scene.commit(vec![Step::Forget(scene.stream(1))]);
    assert!(scene.reopen(4).streams.is_empty());
    scene.commit(scene.appends(1, 5..=5));
    assert_eq!(scene.reopen(5).streams[0].held.settled(), 5);
}

#[test]
fn what_is_gone_and_what_never_was_is_known_after_a_restart() {
    let mut scene = Scene::new();
    let settle = |range| vec![Step::Settle { stream: scene.stream(1), range }];
    let steps = [scene.appends(1, 1..=2), settle(3..=3), scene.appends(1, 4..=5), settle(6..=7)].concat();
    scene.commit(steps);
    scene.wait(scene.log.trim_before(Time(4 * DAY))).unwrap().unwrap();
    let restored = scene.reopen(2).streams.remove(0);
    assert_eq!((restored.held.settled(), restored.trimmed), (7, 2));
    assert_eq!(restored.absent.runs().collect::<Vec<_>>(), [3..=3, 6..=7]);
}

#[test]
fn no_cut_is_longer_than_a_chunk() {
    let scene = Scene::new();
    scene.commit(scene.appends(1, 1..=300));
    let cut = || scene.wait(scene.log.trim(Retention::default(), Time(999 * DAY))).unwrap();
    let gone: Vec<u64> = std::iter::from_fn(cut).map(|gone| gone.to).collect();
    assert_eq!(gone, [200, 300]);
}
