//! Envelopes that are larger than what a neighbour takes.

use crate::scene::Scene;
use hub::{Frame, Output, Skip, Span};

const LARGE: usize = 100_000;

fn skips(out: &[Output]) -> Vec<(u64, u64)> {
    let sent = out.iter().filter_map(|output| match output {
        Output::Send { frame: Frame::Skip(skips), .. } => Some(skips.clone()),
        _ => None,
    });
    sent.flatten().map(|Skip { first, last, .. }| (first, last)).collect()
}

/// Its neighbour takes what every hub must take, and no more.
fn scene() -> Scene {
    let mut scene = Scene::new("");
    scene.envelope_most = 1;
    scene
}

#[test]
fn an_envelope_that_is_larger_than_a_neighbour_takes_is_skipped_and_counted_as_refused() {
    let mut scene = scene();
    let (link, _) = scene.link();
    scene.tells(link, None);
    assert_eq!(skips(&scene.post_of(60_000)), []);
    assert_eq!(skips(&scene.post_of(LARGE)), [(2, 2)]);
    scene.post();
    assert_eq!(scene.passed, [2, 3], "the other one gets all, this one what it takes");
    let counters = scene.neighbour().counters;
    assert_eq!((counters.discarded_refused, counters.discarded(), scene.neighbour().waiting()), (1, 1, 2));
    // Nothing waits any more that could be acknowledged.
    let (stream, last) = scene.all().unwrap();
    scene.tells(link, Some((stream, last)));
    scene.wait(Span::minutes(2));
    assert_eq!((scene.neighbour().waiting(), scene.neighbour().counters.recovered), (0, 0));
    assert!(scene.neighbour().link.is_some());
}

#[test]
fn what_was_refused_while_a_neighbour_was_away_is_skipped_at_every_link_and_counted_once() {
    let mut scene = scene();
    scene.post_of(LARGE);
    scene.post();
    let nothing = scene.all().map(|(stream, _)| (stream, 0));
    for _ in 0..3 {
        let (link, _) = scene.link();
        assert_eq!(skips(&scene.tells(link, nothing)), [(1, 1)]);
        assert_eq!((scene.neighbour().counters.discarded_refused, scene.neighbour().waiting()), (1, 1));
        scene.unlink(link);
    }
    assert_eq!(scene.passed[0], 3, "the small one each time, because it was never acknowledged");
}

#[test]
fn who_takes_more_at_its_next_link_gets_what_was_too_large_before() {
    let mut scene = scene();
    scene.post_of(LARGE);
    // It is told of the stream, and answers that it has nothing of it.
    let nothing = scene.all().map(|(stream, _)| (stream, 0));
    let (link, _) = scene.link();
    scene.tells(link, nothing);
    scene.unlink(link);
    scene.envelope_most = 256 * 1024;
    let (link, _) = scene.link();
    assert_eq!(skips(&scene.tells(link, nothing)), []);
    assert_eq!((scene.passed[0], scene.neighbour().waiting()), (1, 1));
    let all = scene.all();
    scene.tells(link, all);
    let counters = scene.neighbour().counters;
    assert_eq!((counters.delivered, counters.discarded_refused, counters.recovered), (1, 1, 1));
}
