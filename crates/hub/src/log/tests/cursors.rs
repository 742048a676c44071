//! Where an application goes on that has been away.

use super::scene::Scene;
use crate::log::{Cursor, FILE, Log, LogName, Retention};
use crate::time::{Span, Time};

fn resume(scene: &Scene, log: u64, place: u64) -> u64 {
    scene.wait(scene.log.resume(Cursor { log: LogName(log), place })).unwrap()
}

#[test]
fn an_application_goes_on_exactly_after_any_number_of_starts() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=3));
    scene.reopen(2);
    scene.commit(scene.appends(1, 4..=5));
    scene.reopen(3);
    assert_eq!(
        [resume(&scene, 1, 2), resume(&scene, 1, 3), resume(&scene, 2, 1), resume(&scene, 2, 5)],
        [2, 3, 1, 5]
    );
    // No hub has given a place that is not there yet.
    assert_eq!(resume(&scene, 3, 99), 5);
}

#[test]
fn a_log_of_which_nobody_knows_is_read_from_the_oldest() {
    let scene = Scene::new();
    scene.commit(scene.appends(1, 1..=3));
    assert_eq!(resume(&scene, 77, 2), 0);
}

/// An application has seen places 4 and 5 of a log of which the restored copy has only three. Under these places the
/// copy will have something else.
#[test]
fn after_an_older_copy_was_restored_an_application_goes_on_where_the_copy_did() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=3));
    let copy = scene.folder.path().join("copy");
    scene.log.backup(&copy).unwrap();
    scene.commit(scene.appends(1, 4..=5));
    scene.log.close();
    std::fs::rename(copy, scene.folder.path().join(FILE)).unwrap();
    let (log, restored) = Log::open(scene.folder.path(), LogName(2), 2).unwrap();
    scene.log = log;
    assert_eq!(restored.streams[0].held.settled(), 3);
    scene.commit(scene.appends(9, 1..=3));
    assert_eq!([resume(&scene, 1, 5), resume(&scene, 1, 2), resume(&scene, 2, 4)], [3, 2, 4]);
    assert_eq!(scene.seen(3)[0], (4, 9, 1));
}

#[test]
fn a_place_is_given_once_even_if_everything_was_let_go() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=3));
    let nothing = Retention { age: Span(0), bytes: 0 };
    scene.wait(scene.log.trim(nothing, Time(u64::MAX))).unwrap().unwrap();
    scene.reopen(2);
    scene.commit(scene.appends(1, 4..=4));
    assert_eq!(scene.seen(0), [(4, 1, 4)]);
}

#[test]
fn a_cursor_is_read_as_it_is_written() {
    let cursor = Cursor { log: LogName(0xabc), place: 12 };
    assert_eq!(cursor.to_string(), "0000000000000abc-12");
    assert_eq!(cursor.to_string().parse(), Ok(cursor));
    assert!("12".parse::<Cursor>().is_err() && "x-1".parse::<Cursor>().is_err());
}
