//! Ten attempts, then deactivation, then coming back.

use crate::scene::{Scene, neighbour_key};
use hub::{ATTEMPTS, Alarm, Input, Output, Span, Standing};

/// As the protocol has it; that the constants of the hub are these is part of what is shown.
const SCHEDULE_SECONDS: [u64; 10] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800];

fn is_dialled(out: &[Output]) -> bool {
    out.iter().any(|output| matches!(output, Output::Dial { key, .. } if *key == neighbour_key()))
}

fn is_given_up(out: &[Output]) -> bool {
    out.iter()
        .any(|output| matches!(output, Output::Alarm(Alarm::Deactivated(key)) if *key == neighbour_key()))
}

/// It was linked and has everything; then it is gone, and a message waits for it.
fn away(address: &'static str) -> Scene {
    let mut scene = Scene::new(address);
    scene.post();
    let (link, _) = scene.link();
    let all = scene.all();
    scene.tells(link, all);
    scene.unlink(link);
    assert_eq!(scene.neighbour().next_attempt, None, "nothing waits for it");
    scene.post();
    scene
}

/// All attempts fail. Gives how long after the one before each of them was made.
fn ten_attempts(scene: &mut Scene) -> Vec<Span> {
    let mut waits = Vec::new();
    for attempt in 1..=10 {
        let due = scene.neighbour().next_attempt.unwrap();
        let wait = due.since(scene.now);
        // Not a microsecond before.
        let early = scene.wait(Span(wait.0 - 1));
        assert_eq!((is_dialled(&early), scene.neighbour().attempts), (false, attempt - 1));
        let out = scene.wait(Span(1));
        assert_eq!(scene.neighbour().attempts, attempt);
        if !scene.address.is_empty() {
            assert!(is_dialled(&out) && !is_given_up(&out));
            let out = scene.give(Input::NotReached(neighbour_key()));
            assert_eq!(is_given_up(&out), attempt == 10);
        } else {
            assert_eq!((is_dialled(&out), is_given_up(&out)), (false, attempt == 10));
        }
        waits.push(wait);
        if attempt < 10 {
            scene.post();
        }
    }
    waits
}

#[test]
fn ten_attempts_come_when_they_are_due_and_then_it_is_deactivated() {
    assert_eq!(ATTEMPTS.map(|span| span.0 / 1_000_000), SCHEDULE_SECONDS);
    // With an address it is dialled; without one it could only come by itself.
    for address in ["wss://neighbour.example/hub", ""] {
        let mut scene = away(address);
        let waits = ten_attempts(&mut scene);
        for (wait, seconds) in waits.iter().zip(SCHEDULE_SECONDS) {
            let (least, most) = (Span::seconds(seconds).0 * 4 / 5, Span::seconds(seconds).0 * 6 / 5);
            assert!((least..=most).contains(&wait.0), "{wait:?} for {seconds} s");
        }
        println!("attempts after s: {:?}", waits.iter().map(|wait| wait.0 / 1_000_000).collect::<Vec<_>>());
        let found = scene.neighbour();
        assert_eq!((found.standing, found.next_attempt), (Standing::Inactive, None));
        assert_eq!((found.counters.discarded_deactivated, found.waiting()), (10, 0));
    }
}

#[test]
fn who_was_given_up_is_left_out_until_a_link_acknowledges() {
    let mut scene = away("wss://neighbour.example/hub");
    ten_attempts(&mut scene);
    let accepted = scene.neighbour().counters.accepted;
    scene.post();
    assert_eq!((scene.neighbour().counters.accepted, scene.neighbour().waiting()), (accepted, 0));
    scene.wait(Span::days(2));
    assert_eq!((scene.neighbour().attempts, scene.neighbour().next_attempt), (10, None));

    // It links and has told nothing so far: that alone brings nobody back.
    let (link, _) = scene.link();
    let (stream, last) = scene.all().unwrap();
    assert_eq!(scene.neighbour().standing, Standing::Inactive);
    let passed = scene.passed[0];
    scene.tells(link, Some((stream, 1)));
    assert_eq!((scene.neighbour().standing, scene.passed[0]), (Standing::Inactive, passed + last - 1));
    // It has taken what it was sent.
    let out = scene.tells(link, Some((stream, last)));
    let is_back = |output: &Output| matches!(output, Output::Alarm(Alarm::Reactivated(_)));
    assert!(out.iter().any(is_back));
    assert_eq!((scene.neighbour().standing, scene.neighbour().attempts), (Standing::Active, 0));
    let before = scene.neighbour().counters;
    scene.post();
    let after = scene.neighbour().counters;
    assert_eq!((after.accepted, scene.neighbour().waiting()), (before.accepted + 1, 1));
    println!("after its return: {after:?}");
}

/// What was discarded and arrives after all is counted as recovered, so that the sum stays right.
#[test]
fn what_was_discarded_and_comes_after_all_is_recovered() {
    let mut scene = away("wss://neighbour.example/hub");
    ten_attempts(&mut scene);
    assert_eq!(scene.neighbour().counters.discarded_deactivated, 10);
    let (link, _) = scene.link();
    let (stream, last) = scene.all().unwrap();
    scene.tells(link, Some((stream, 1)));
    // Half of it has arrived: it is served again, the other half waits.
    scene.tells(link, Some((stream, 6)));
    let found = scene.neighbour();
    println!("half of it has arrived: {:?}, {} wait", found.counters, found.waiting());
    assert_eq!(found.waiting(), last - 6);
    scene.tells(link, Some((stream, last)));
    let found = scene.neighbour();
    assert_eq!((found.waiting(), found.counters.recovered), (0, 10));
    println!("all of it has arrived: {:?}", found.counters);
}

/// The tenth attempt reached it, and the link broke before anything was acknowledged: there is no eleventh.
#[test]
fn a_link_of_the_last_attempt_that_breaks_is_the_end() {
    let mut scene = away("wss://neighbour.example/hub");
    for _ in 0..10 {
        let due = scene.neighbour().next_attempt.unwrap();
        assert!(is_dialled(&scene.wait(due.since(scene.now))));
        let (link, _) = scene.link();
        scene.unlink(link);
    }
    assert_eq!((scene.neighbour().attempts, scene.neighbour().standing), (10, Standing::Inactive));
}
