//! When there is no space left, or the disk fails. SQLite only: PostgreSQL's disk is PostgreSQL's.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod places;

use std::process::Command;
use std::sync::mpsc::Receiver;

use journal::{Error, Journal, Options, args};
use places::{Gate, Place, add, ask, count};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

journal::statements! {
    LIST;
    NO_MORE_PAGES = "PRAGMA max_page_count = 1";
    ENDLESS_PAGES = "PRAGMA max_page_count = 1000000";
    PICTURE = "UPDATE people SET picture = $1";
}

type Answers = Vec<Receiver<Result<(), Error>>>;

/// Twenty jobs that wait together; each writes a person with a name of four pages.
fn crowd(journal: &Journal, first: i64) -> Answers {
    let gate = Gate::close(journal);
    let asked = (first..first + 20).map(|id| ask(journal, move |tx| add(tx, id, &long_name(id))));
    let asked = asked.collect();
    drop(gate);
    asked
}

fn long_name(id: i64) -> String {
    format!("{id} {}", "x".repeat(16_000))
}

fn pragma(journal: &Journal, statement: &'static journal::Statement) {
    let answer: Result<_, Error> = journal.write_blocking(move |tx| tx.one(statement, &[], |row| row.int(0)));
    answer.unwrap();
}

fn all_are_stored(answers: &Answers) {
    for answer in answers {
        answer.recv().unwrap().unwrap();
    }
}

fn all_are_told(answers: &Answers, expected: fn(&Error) -> bool) {
    for answer in answers {
        let error = answer.recv().unwrap().unwrap_err();
        assert!(expected(&error), "{error:?}");
    }
}

#[test]
fn a_full_database_answers_everybody_and_works_again_when_there_is_space() {
    assert_eq!(LIST.len(), 3);
    let place = Place::sqlite();
    let journal = place.open();
    all_are_stored(&crowd(&journal, 100));

    // One INSERT that finds no page ends the transaction of the whole batch.
    pragma(&journal, &NO_MORE_PAGES);
    all_are_told(&crowd(&journal, 200), |error| matches!(error, Error::Full));
    let alone = ask(&journal, |tx| tx.run(&PICTURE, args![&vec![7u8; 100_000]]).map(drop));
    assert!(matches!(alone.recv().unwrap(), Err(Error::Full)));
    assert_eq!(count(&journal), 20);
    assert!(journal.check().unwrap().is_empty());

    pragma(&journal, &ENDLESS_PAGES);
    all_are_stored(&crowd(&journal, 300));
    assert_eq!(count(&journal), 40);
    assert!(journal.check().unwrap().is_empty());
}

/// The limit on the size of files holds for a whole process, so the story is played in a child. The shell makes the
/// signal that comes with it harmless, and then writing fails as it does on a broken disk.
#[test]
fn a_disk_that_fails_answers_everybody_and_corrupts_nothing() {
    let status = Command::new("/bin/sh")
        .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "the_child_whose_disk_fails", "--nocapture"])
        .status();
    assert!(status.unwrap().success());
}

#[test]
#[ignore = "started by a_disk_that_fails_answers_everybody_and_corrupts_nothing"]
fn the_child_whose_disk_fails() {
    let place = Place::sqlite();
    let journal = place.open();
    all_are_stored(&crowd(&journal, 100));
    let log = place.file().with_extension("db-wal");
    let written = std::fs::metadata(&log).unwrap().len();

    // Space for a part of the next batch.
    let limits = getrlimit(Resource::Fsize);
    let tight = Rlimit { current: Some(written + 100_000), maximum: limits.maximum };
    setrlimit(Resource::Fsize, tight).unwrap();
    all_are_told(&crowd(&journal, 200), |error| matches!(error, Error::Unknown));
    let alone = ask(&journal, |tx| add(tx, 300, &long_name(300).repeat(10)));
    assert!(matches!(alone.recv().unwrap(), Err(Error::Unknown)));
    setrlimit(Resource::Fsize, limits).unwrap();

    assert_eq!(count(&journal), 20);
    all_are_stored(&crowd(&journal, 200));
    assert!(journal.check().unwrap().is_empty());
    journal.close();

    let again = Journal::open(&place.location, &places::SCHEMA, &Options::default()).unwrap();
    assert_eq!(count(&again), 40);
    assert!(again.check().unwrap().is_empty());
}
