//! What a reader may expect.
#![allow(clippy::unwrap_used)]

mod places;

use std::ops::ControlFlow;
use std::sync::mpsc;
use std::time::Duration;

use journal::{Error, Options};
use places::{COUNT, Gate, NAMES, add, count, everywhere};

journal::statements! {
    FOREVER_LIST;
    FOREVER = "WITH RECURSIVE numbers(n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers)
        SELECT count(*) FROM numbers";
}

#[test]
fn reads_see_a_snapshot() {
    everywhere(|place| {
        let journal = place.open();
        journal.write_blocking::<_, Error>(|tx| add(tx, 1, "Ada")).unwrap();
        let (begun, has_begun) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel::<()>();
        let reader = journal.clone();
        let read = std::thread::spawn(move || {
            reader.read_blocking::<_, Error>(move |tx| {
                let before = tx.one(&COUNT, &[], |row| row.int(0))?;
                begun.send(()).unwrap();
                may_go_on.recv().unwrap();
                Ok((before, tx.one(&COUNT, &[], |row| row.int(0))?))
            })
        });
        has_begun.recv().unwrap();
        journal.write_blocking::<_, Error>(|tx| add(tx, 2, "Bo")).unwrap();
        assert_eq!(count(&journal), 2);
        go_on.send(()).unwrap();
        assert_eq!(read.join().unwrap().unwrap(), (Some(1), Some(1)));
    });
}

#[test]
fn a_walk_ends_where_it_has_enough() {
    everywhere(|place| {
        let journal = place.open();
        let written =
            journal.write_blocking::<_, Error>(|tx| (1..=9).try_for_each(|id| add(tx, id, &format!("{id}"))));
        written.unwrap();
        let seen = journal.read_blocking::<_, Error>(|tx| {
            let mut seen = Vec::new();
            tx.walk(&NAMES, &[], |row| {
                seen.push(row.text(0)?);
                Ok(if seen.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            })?;
            Ok((seen, tx.one(&COUNT, &[], |row| row.int(0))?))
        });
        let (seen, count) = seen.unwrap();
        assert_eq!((seen.join(" "), count), ("1 2 3".to_owned(), Some(9)));
    });
}

#[test]
fn a_long_read_is_cut_and_the_reader_goes_on() {
    everywhere(|place| {
        let options = Options { readers: 1, read_limit: Duration::from_millis(100), ..Options::default() };
        let journal = place.open_with(&options);
        let endless: Result<_, Error> = journal.read_blocking(|tx| tx.one(&FOREVER, &[], |row| row.int(0)));
        assert!(matches!(endless, Err(Error::TooLong)), "{endless:?}");
        // A thousand short statements are no better than a long one.
        let many: Result<(), Error> = journal.read_blocking(|tx| {
            loop {
                tx.one(&COUNT, &[], |row| row.int(0))?;
            }
        });
        assert!(matches!(many, Err(Error::TooLong)), "{many:?}");
        assert_eq!(count(&journal), 0);
        assert_eq!(FOREVER_LIST.len(), 1);
    });
}

#[test]
fn a_look_takes_as_long_as_it_takes_and_changes_nothing() {
    everywhere(|place| {
        let options = Options { read_limit: Duration::ZERO, ..Options::default() };
        let journal = place.open_with(&options);
        journal.write_blocking::<_, Error>(|tx| add(tx, 1, "Ada")).unwrap();
        let cut: Result<_, Error> = journal.read_blocking(|tx| tx.one(&COUNT, &[], |row| row.int(0)));
        assert!(matches!(cut, Err(Error::TooLong)), "{cut:?}");
        let seen: Result<_, Error> = journal.location().look(|tx| tx.one(&COUNT, &[], |row| row.int(0)));
        assert_eq!(seen.unwrap(), Some(1));
        let changed: Result<(), Error> = journal.location().look(|tx| add(tx, 2, "Bo"));
        assert!(matches!(changed, Err(Error::Database(_))), "{changed:?}");
    });
}

#[test]
fn a_look_makes_no_file() {
    let place = places::Place::sqlite();
    let seen: Result<_, Error> = place.location.look(|tx| tx.one(&COUNT, &[], |row| row.int(0)));
    assert!(seen.is_err());
    assert!(!place.file().exists());
}

#[test]
fn a_read_changes_nothing() {
    everywhere(|place| {
        let journal = place.open();
        let answer: Result<(), Error> = journal.read_blocking(|tx| add(tx, 1, "Ada"));
        assert!(matches!(answer, Err(Error::Database(_))), "{answer:?}");
        assert_eq!(count(&journal), 0);
    });
}

#[test]
fn reads_go_on_while_the_writer_is_busy() {
    everywhere(|place| {
        let journal = place.open();
        let gate = Gate::close(&journal);
        assert_eq!(count(&journal), 0);
        drop(gate);
    });
}
