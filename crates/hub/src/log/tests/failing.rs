//! A commit that fails.

use super::scene::Scene;
use crate::node::Step;
use journal::Error;

journal::statements! {
    LIST;
    REFUSE = "CREATE TRIGGER refuse BEFORE INSERT ON envelopes WHEN NEW.n = 3 BEGIN SELECT raise(FAIL, 'no'); END";
    ALLOW = "DROP TRIGGER refuse";
}

#[test]
fn nothing_of_a_failed_batch_is_there_and_the_next_one_goes_on() {
    let scene = Scene::new();
    assert_eq!(LIST.len(), 2);
    scene.commit(scene.appends(1, 1..=1));
    scene.wait(scene.log.journal.write::<_, Error>(|tx| tx.run(&REFUSE, &[]))).unwrap();
    assert!(scene.try_commit([scene.appends(1, 2..=3), scene.appends(2, 1..=1)].concat()).is_err());
    scene.wait(scene.log.journal.write::<_, Error>(|tx| tx.run(&ALLOW, &[]))).unwrap();
    assert_eq!(scene.seen(0), [(1, 1, 1)]);
    assert_eq!(*scene.log.news().borrow(), 1);
    scene.commit(scene.appends(2, 1..=1));
    assert_eq!(scene.seen(1), [(2, 2, 1)]);
}

/// Nobody knew whether the commit had happened; the envelopes come again from elsewhere, and must not appear twice.
#[test]
fn what_was_committed_without_anybody_knowing_is_not_stored_twice() {
    let mut scene = Scene::new();
    scene.commit(scene.appends(1, 1..=2));
    {
        let mut index = scene.log.shared.index();
        (index.next_place, index.is_sure) = (1, false);
    }
    scene.commit(scene.appends(1, 1..=3));
    assert_eq!(scene.seen(0), [(1, 1, 1), (2, 1, 2), (3, 1, 3)]);
    assert_eq!(scene.reopen(2).streams[0].held.settled(), 3);
}

#[test]
fn a_closed_log_says_so() {
    let scene = Scene::new();
    scene.log.close();
    let step = Step::Block(scene.key.public());
    assert!(matches!(scene.try_commit(vec![step]), Err(Error::Closed)));
}
