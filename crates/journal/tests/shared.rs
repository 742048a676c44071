//! What only PostgreSQL does: transactions that meet, connections that break, other processes.
#![allow(clippy::unwrap_used)]

mod places;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use journal::{Error, Journal, Options, Tx, args};
use places::{Place, add, ask, count, names, tell_server};

journal::statements! {
    LIST;
    FAIL_TO_SERIALIZE = "DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$";
    LOCK = "SELECT id FROM people WHERE id = $1 FOR UPDATE";
    OWN_CONNECTION = "SELECT pg_backend_pid()";
    HANG_UP = "SELECT pg_terminate_backend(pg_backend_pid())";
}

const HANG_UP_AT_COMMIT: &str = "
    CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON people DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.name = 'hang up') EXECUTE FUNCTION hang_up();";

fn two_writers() -> Options {
    Options { writers: 2, ..Options::default() }
}

/// Counts the runs of a closure.
fn runs() -> (Arc<AtomicU32>, Arc<AtomicU32>) {
    let runs = Arc::new(AtomicU32::new(0));
    (Arc::clone(&runs), runs)
}

#[test]
fn a_closure_runs_again_after_a_serialization_failure() {
    assert_eq!(LIST.len(), 4);
    let Some(place) = Place::postgres() else {
        return;
    };
    let journal = place.open();
    let (runs, counted) = runs();
    let written: Result<(), Error> = journal.write_blocking(move |tx| {
        let run = runs.fetch_add(1, Ordering::SeqCst);
        add(tx, 1, "Ada")?;
        if run < 2 { tx.run(&FAIL_TO_SERIALIZE, &[]).map(drop) } else { Ok(()) }
    });
    written.unwrap();
    assert_eq!(counted.load(Ordering::SeqCst), 3);
    assert_eq!(names(&journal), ["Ada"]);
}

#[test]
fn a_closure_that_never_succeeds_is_given_up() {
    let Some(place) = Place::postgres() else {
        return;
    };
    let journal = place.open();
    let written: Result<(), Error> = journal.write_blocking(|tx| tx.run(&FAIL_TO_SERIALIZE, &[]).map(drop));
    assert!(matches!(written, Err(Error::Busy)));
}

#[test]
fn two_that_lock_each_other_out_both_succeed() {
    let Some(place) = Place::postgres() else {
        return;
    };
    let journal = place.open_with(&two_writers());
    let people: Result<(), Error> = journal.write_blocking(|tx| {
        add(tx, 1, "Ada")?;
        add(tx, 2, "Bo")
    });
    people.unwrap();
    let meeting = Arc::new(Barrier::new(2));
    let (runs, counted) = runs();
    let crossing = |first: i64, second: i64, name: &'static str| {
        let (meeting, runs) = (Arc::clone(&meeting), Arc::clone(&runs));
        let mut again = false;
        ask(&journal, move |tx| {
            runs.fetch_add(1, Ordering::SeqCst);
            tx.one(&LOCK, args![first], |row| row.int(0))?;
            if !std::mem::replace(&mut again, true) {
                meeting.wait();
            }
            tx.one(&LOCK, args![second], |row| row.int(0))?;
            add(tx, first + 10, name)
        })
    };
    let (one, other) = (crossing(1, 2, "Cy"), crossing(2, 1, "Di"));
    one.recv().unwrap().unwrap();
    other.recv().unwrap().unwrap();
    assert!(counted.load(Ordering::SeqCst) >= 3);
    assert_eq!(names(&journal), ["Ada", "Bo", "Cy", "Di"]);
}

fn own_connection(tx: &mut Tx<'_>) -> Result<i64, Error> {
    Ok(tx.one(&OWN_CONNECTION, &[], |row| row.int(0))?.unwrap())
}

#[test]
fn a_lost_connection_is_replaced_and_nobody_notices() {
    let Some(place) = Place::postgres() else {
        return;
    };
    let journal = place.open_with(&Options { readers: 1, ..Options::default() });
    let writer = journal.write_blocking(own_connection).unwrap();
    let reader = journal.read_blocking(own_connection).unwrap();
    for connection in [writer, reader] {
        // With a timeout the function waits until the other side has really gone.
        tell_server(place.url(), &format!("SELECT pg_terminate_backend({connection}, 5000)"));
    }
    journal.write_blocking::<_, Error>(|tx| add(tx, 1, "Ada")).unwrap();
    assert_eq!(count(&journal), 1);
    assert_ne!(journal.write_blocking(own_connection).unwrap(), writer);
}

#[test]
fn a_connection_lost_before_the_commit_is_no_loss() {
    let Some(place) = Place::postgres() else {
        return;
    };
    let journal = place.open();
    let (runs, counted) = runs();
    let written: Result<(), Error> = journal.write_blocking(move |tx| {
        let run = runs.fetch_add(1, Ordering::SeqCst);
        add(tx, 1, "Ada")?;
        if run == 0 {
            tx.one(&HANG_UP, &[], |row| row.flag(0))?;
        }
        Ok(())
    });
    written.unwrap();
    assert_eq!(counted.load(Ordering::SeqCst), 2);
    assert_eq!(count(&journal), 1);
}

#[test]
fn a_connection_lost_in_the_commit_leaves_the_answer_unknown() {
    let Some(place) = Place::postgres() else {
        return;
    };
    let journal = place.open();
    tell_server(place.url(), HANG_UP_AT_COMMIT);
    let lost: Result<(), Error> = journal.write_blocking(|tx| add(tx, 1, "hang up"));
    assert!(matches!(lost, Err(Error::Unknown)), "{lost:?}");
    journal.write_blocking::<_, Error>(|tx| add(tx, 2, "Bo")).unwrap();
    assert_eq!(names(&journal), ["Bo"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_writes_wakes_the_readers_of_another() {
    let Some(place) = tokio::task::spawn_blocking(Place::postgres).await.unwrap() else {
        return;
    };
    // Opening inside a runtime is allowed.
    let (here, there): (Journal, Journal) = (place.open(), place.open());
    let mut commits = there.commits();
    here.write::<_, Error>(|tx| add(tx, 1, "Ada")).await.unwrap();
    commits.changed().await.unwrap();
    tokio::task::spawn_blocking(move || {
        here.close();
        there.close();
        drop(place);
    })
    .await
    .unwrap();
}
