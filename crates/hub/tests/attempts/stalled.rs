//! A neighbour that answers pings and acknowledges nothing.

use crate::scene::{Scene, closes};
use hub::{Reason, Span, Standing};

/// Ten links, on each of which it takes nothing for a minute. `accounts`: it at least says that it has nothing.
fn stall_ten_times(scene: &mut Scene, accounts: bool) {
    for attempt in 1..=10 {
        let (link, _) = scene.link();
        if accounts {
            scene.tells(link, None);
        }
        scene.post();
        let out = scene.wait(Span(Span::minutes(1).0 - 1));
        assert!(!closes(&out, link, Reason::Stalled));
        let out = scene.wait(Span(1));
        assert!(closes(&out, link, Reason::Stalled), "attempt {attempt}");
        assert_eq!(scene.neighbour().attempts, attempt);
    }
}

fn is_left_out(scene: &mut Scene) {
    assert_eq!(scene.neighbour().standing, Standing::Inactive);
    let (before, [its, others]) = (scene.neighbour().counters, scene.passed);
    scene.post();
    assert_eq!((scene.neighbour().counters, scene.neighbour().waiting()), (before, 0));
    assert_eq!(scene.passed, [its, others + 1], "the other one goes on being served");
    assert_eq!(before.discarded_deactivated, 10);
}

#[test]
fn each_minute_without_an_acknowledgement_is_an_attempt_and_ten_are_the_end() {
    let mut scene = Scene::new("");
    stall_ten_times(&mut scene, true);
    is_left_out(&mut scene);
    let (link, _) = scene.link();
    scene.tells(link, None);
    let all = scene.all();
    scene.tells(link, all);
    assert_eq!((scene.neighbour().standing, scene.neighbour().attempts), (Standing::Active, 0));
    assert_eq!(scene.neighbour().counters.recovered, 10);
    println!("a stalled reader that came back: {:?}", scene.neighbour().counters);
}

/// Nothing can be sent before it has told what it has; it must not be waited for for ever.
#[test]
fn who_never_tells_what_it_has_is_stalled_as_well() {
    let mut scene = Scene::new("");
    stall_ten_times(&mut scene, false);
    is_left_out(&mut scene);
}
