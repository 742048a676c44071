//! The files around a database: its backup, its health.
#![allow(clippy::unwrap_used)]

mod places;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use journal::{Error, Location, Options, args};
use places::{Place, SCHEMA, add, count};

journal::statements! {
    STATEMENTS;
    LAST_PICTURE = "SELECT picture FROM people WHERE id = 39";
    PICTURE = "INSERT INTO people (id, name, picture) VALUES ($1, $1, $2)
        ON CONFLICT (id) DO UPDATE SET picture = excluded.picture";
}

#[test]
fn a_backup_made_while_writing_opens_and_passes_the_check() {
    let place = Place::sqlite();
    let journal = place.open();
    let copy = place.folder().join("backup.db");
    let stop = AtomicBool::new(false);
    let (wrote, has_written) = mpsc::channel();
    let (stop, journal_ref) = (&stop, &journal);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for id in 0.. {
                journal_ref.write_blocking::<_, Error>(move |tx| add(tx, id, &format!("name {id}"))).unwrap();
                let _ = wrote.send(id);
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
        });
        assert_eq!(has_written.iter().nth(20), Some(20));
        let made = journal.backup(&copy);
        stop.store(true, Ordering::Relaxed);
        made.unwrap();
    });
    assert!(matches!(journal.backup(&copy), Err(Error::Io(_))), "a backup overwrites nothing");

    let restored = journal::Journal::open(&Location::Sqlite(copy), &SCHEMA, &Options::default()).unwrap();
    assert!(restored.check().unwrap().is_empty());
    let kept = count(&restored);
    assert!((20..=count(&journal)).contains(&kept), "{kept}");
}

#[test]
fn a_failed_backup_leaves_no_file() {
    let place = Place::sqlite();
    let journal = place.open();
    let nowhere = place.folder().join("missing").join("backup.db");
    assert!(journal.backup(&nowhere).is_err());
    let files = std::fs::read_dir(place.folder()).unwrap();
    let names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| name.to_string_lossy().starts_with("test.db")), "{names:?}");
}

#[test]
fn postgresql_is_backed_up_with_its_own_tool() {
    let Some(place) = Place::postgres() else {
        return;
    };
    let journal = place.open();
    let error = journal.backup(&place.folder().join("backup.db")).unwrap_err();
    assert!(error.to_string().contains("pg_dump"));
    assert!(journal.check().unwrap().is_empty());
}

#[test]
fn a_check_finds_rows_that_point_nowhere() {
    let place = Place::sqlite();
    place.open().close();
    let direct = rusqlite::Connection::open(place.file()).unwrap();
    let orphan = "PRAGMA foreign_keys = OFF;
        CREATE TABLE pets (id INTEGER PRIMARY KEY, person INTEGER REFERENCES people (id));
        INSERT INTO pets VALUES (5, 99);";
    direct.execute_batch(orphan).unwrap();
    let findings = place.open().check().unwrap();
    assert_eq!(findings, ["row 5 of pets points to a row of people that is not there"]);
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let place = Place::sqlite();
    std::fs::write(place.file(), "this is a letter, not a database; ".repeat(100)).unwrap();
    let error = journal::Journal::open(&place.location, &SCHEMA, &Options::default()).err().unwrap();
    assert!(matches!(error, journal::OpenError::Database(Error::Corrupt(_))), "{error:?}");
}

#[test]
fn a_log_that_a_long_read_let_grow_is_cut() {
    let place = Place::sqlite();
    let journal = place.open();
    let log_bytes = || std::fs::metadata(place.file().with_extension("db-wal")).unwrap().len();
    let write = |count: i64, size: usize| {
        for id in 0..count {
            let written = journal.write_blocking::<_, Error>(move |tx| {
                tx.run(&PICTURE, args![id % 5, &vec![id as u8; size]]).map(drop)
            });
            written.unwrap();
        }
    };
    let (begun, has_begun) = mpsc::channel();
    let (end, may_end) = mpsc::channel::<()>();
    let reader = journal.clone();
    let read = std::thread::spawn(move || {
        reader.read_blocking::<_, Error>(move |tx| {
            tx.one(&places::COUNT, &[], |row| row.int(0))?;
            begun.send(()).unwrap();
            let _ = may_end.recv();
            Ok(())
        })
    });
    has_begun.recv().unwrap();
    write(340, 400_000);
    assert!(log_bytes() > 128 << 20, "the read holds the log");
    drop(end);
    read.join().unwrap().unwrap();
    write(300, 1);
    assert!(log_bytes() < 8 << 20, "{}", log_bytes());
    assert_eq!(STATEMENTS.len(), 2);
}

#[test]
fn the_log_of_a_crowd_that_never_pauses_begins_anew_and_loses_nothing() {
    let place = Place::sqlite();
    let journal = place.open();
    let mut longest = 0;
    for id in 0..400 {
        let written = journal.write_blocking::<_, Error>(move |tx| {
            tx.run(&PICTURE, args![id % 40, &vec![id as u8; 400_000]]).map(drop)
        });
        written.unwrap();
        longest = longest.max(std::fs::metadata(place.file().with_extension("db-wal")).unwrap().len());
    }
    assert!(longest < 100 << 20, "160 MB went through a log of {longest} bytes");
    assert!(journal.check().unwrap().is_empty());
    journal.close();
    let last = place.open().read_blocking::<_, Error>(|tx| tx.one(&LAST_PICTURE, &[], |row| row.blob(0)));
    assert_eq!(last.unwrap(), Some(vec![(399 % 256) as u8; 400_000]));
}

#[test]
fn a_closed_journal_leaves_one_file() {
    let place = Place::sqlite();
    let journal = place.open();
    journal.write_blocking::<_, Error>(|tx| add(tx, 1, "Ada")).unwrap();
    journal.close();
    let log = place.file().with_extension("db-wal");
    assert!(std::fs::metadata(log).map_or(true, |log| log.len() == 0));
}
