//! What a writer may expect.
#![allow(clippy::unwrap_used)]

mod places;

use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use journal::Error;
use places::{Gate, Place, add, ask, count, everywhere, names};

#[test]
fn a_failing_closure_is_rolled_back_alone() {
    everywhere(|place| {
        let journal = place.open();
        let gate = Gate::close(&journal);
        // Number 30 stores a row and then breaks a UNIQUE: neither may stay.
        let work = |id: i64| {
            move |tx: &mut journal::Tx<'_>| match id {
                30 => add(tx, 1030, "before it fails").and_then(|()| add(tx, 30, "name 7")),
                _ => add(tx, id, &format!("name {id}")),
            }
        };
        let asked: Vec<_> = (0..50).map(|id| ask(&journal, work(id))).collect();
        drop(gate);

        let answers: Vec<_> = asked.iter().map(|asked| asked.recv().unwrap()).collect();
        assert!(matches!(answers[30], Err(Error::Conflict)));
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 49);
        assert_eq!(count(&journal), 49);
    });
}

#[test]
fn a_closure_that_refuses_leaves_nothing_behind() {
    everywhere(|place| {
        let journal = place.open();
        let gate = Gate::close(&journal);
        let refused = ask(&journal, |tx| {
            add(tx, 1, "Ada")?;
            Err(Error::Database("not today".into()))
        });
        let accepted = ask(&journal, |tx| add(tx, 2, "Bo"));
        drop(gate);
        assert_eq!(refused.recv().unwrap().unwrap_err().to_string(), "the database refused: not today");
        accepted.recv().unwrap().unwrap();
        assert_eq!(names(&journal), ["Bo"]);
    });
}

#[test]
fn a_panicking_job_harms_nobody_else() {
    everywhere(|place| {
        let journal = place.open();
        let gate = Gate::close(&journal);
        let before = ask(&journal, |tx| add(tx, 1, "Ada"));
        let panicking = ask(&journal, |tx| {
            add(tx, 2, "Bo")?;
            panic!("this panic belongs to a test")
        });
        let after = ask(&journal, |tx| add(tx, 3, "Cy"));
        drop(gate);
        before.recv().unwrap().unwrap();
        assert!(matches!(panicking.recv().unwrap(), Err(Error::Panicked)));
        after.recv().unwrap().unwrap();

        // Alone in its batch as well, and while reading.
        let alone: Result<(), Error> = journal.write_blocking(|_| panic!("this panic belongs to a test"));
        assert!(matches!(alone, Err(Error::Panicked)));
        let reading: Result<(), Error> = journal.read_blocking(|_| panic!("this panic belongs to a test"));
        assert!(matches!(reading, Err(Error::Panicked)));
        assert_eq!(names(&journal), ["Ada", "Cy"]);
    });
}

#[test]
fn after_an_error_nothing_more_is_done_and_nothing_is_committed() {
    everywhere(|place| {
        let journal = place.open();
        let answer: Result<(), Error> = journal.write_blocking(|tx| {
            add(tx, 1, "Ada")?;
            assert!(matches!(add(tx, 1, "Bo"), Err(Error::Conflict)));
            assert!(matches!(add(tx, 2, "Cy"), Err(Error::Conflict)));
            Ok(())
        });
        assert!(matches!(answer, Err(Error::Conflict)));
        assert_eq!(count(&journal), 0);
    });
}

#[test]
fn jobs_are_done_in_the_order_in_which_they_came() {
    everywhere(|place| {
        let journal = place.open();
        let order = Arc::new(Mutex::new(Vec::new()));
        let gate = Gate::close(&journal);
        let asked: Vec<_> = (0..20)
            .map(|id| {
                let order = Arc::clone(&order);
                ask(&journal, move |_| {
                    order.lock().unwrap().push(id);
                    Ok(())
                })
            })
            .collect();
        drop(gate);
        asked.iter().for_each(|asked| asked.recv().unwrap().unwrap());
        assert_eq!(*order.lock().unwrap(), (0..20).collect::<Vec<_>>());
    });
}

#[test]
fn a_dropped_future_loses_nothing_that_was_committed() {
    everywhere(|place| {
        let journal = place.open();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let gate = Gate::close(&journal);
            let mut write = Box::pin(journal.write::<_, Error>(|tx| add(tx, 1, "Ada")));
            poll_fn(|context| {
                assert!(write.as_mut().poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
            drop(write);
            drop(gate);
            let second = journal.write::<_, Error>(|tx| add(tx, 2, "Bo")).await;
            second.unwrap();
        });
        assert_eq!(names(&journal), ["Ada", "Bo"]);
    });
}

#[test]
fn a_closed_journal_finishes_what_it_has_and_takes_nothing_more() {
    everywhere(|place| {
        let journal = place.open();
        let gate = Gate::close(&journal);
        let taken: Vec<_> =
            (0..10).map(|id| ask(&journal, move |tx| add(tx, id, &format!("{id}")))).collect();
        drop(gate);
        journal.close();
        taken.iter().for_each(|taken| taken.recv().unwrap().unwrap());

        assert!(matches!(ask(&journal, |tx| add(tx, 10, "late")).recv().unwrap(), Err(Error::Closed)));
        let read: Result<(), Error> = journal.read_blocking(|_| Ok(()));
        assert!(matches!(read, Err(Error::Closed)));
        assert_eq!(count(&place.open()), 10);
    });
}

#[test]
fn a_commit_that_wrote_something_wakes_readers() {
    everywhere(|place| {
        let journal = place.open();
        let mut commits = journal.commits();
        journal.write_blocking::<_, Error>(|tx| add(tx, 1, "Ada")).unwrap();
        assert!(commits.has_changed().unwrap());
        commits.mark_unchanged();
    });
}

#[test]
fn a_commit_that_wrote_nothing_wakes_nobody() {
    // On PostgreSQL readers are woken once a second anyway.
    let place = Place::sqlite();
    let journal = place.open();
    let commits = journal.commits();
    journal.write_blocking::<_, Error>(|tx| tx.one(&places::COUNT, &[], |row| row.int(0))).unwrap();
    let refused: Result<(), Error> = journal.write_blocking(|tx| {
        add(tx, 1, "Ada")?;
        Err(Error::Closed)
    });
    assert!(refused.is_err());
    assert!(!commits.has_changed().unwrap());
}
