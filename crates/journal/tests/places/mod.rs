//! Where the tests run: a file of SQLite, always, and a database of PostgreSQL where there is a server.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

use journal::{Failure, Job, Journal, Location, Migration, Options, Schema, Tx};
use tempfile::TempDir;

/// Holds the URL of a server where databases may be created.
const VARIABLE: &str = "ANUKO_TEST_POSTGRES";

pub(crate) static SCHEMA: Schema = Schema {
    table: "test_schema",
    migrations: &[Migration {
        version: 1,
        name: "people",
        sqlite: "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, picture BLOB, age INTEGER) STRICT;",
        postgres: "CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, picture BYTEA, age BIGINT);",
    }],
};

journal::statements! {
    pub(crate) ALL;
    ADD = "INSERT INTO people (id, name) VALUES ($1, $2)";
    COUNT = "SELECT count(*) FROM people";
    NAMES = "SELECT name FROM people ORDER BY id";
}

/// A database of its own for one test.
pub(crate) struct Place {
    pub(crate) location: Location,
    folder: TempDir,
    made: Option<Made>,
}

struct Made {
    server: String,
    database: String,
}

impl Place {
    pub(crate) fn sqlite() -> Place {
        let folder = tempfile::tempdir().unwrap();
        Place { location: Location::Sqlite(folder.path().join("test.db")), folder, made: None }
    }

    /// `None`, with a word about it, when there is no server.
    pub(crate) fn postgres() -> Option<Place> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(VARIABLE) else {
            eprintln!("SKIPPED on PostgreSQL: {VARIABLE} is not set");
            return None;
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let database = format!("journal_test_{}_{number}", std::process::id());
        tell_server(&server, &format!("CREATE DATABASE {database}"));
        let (front, _) = server.rsplit_once('/').unwrap();
        Some(Place {
            location: Location::Postgres(format!("{front}/{database}")),
            folder: tempfile::tempdir().unwrap(),
            made: Some(Made { server, database }),
        })
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) fn url(&self) -> &str {
        match &self.location {
            Location::Postgres(url) => url,
            Location::Sqlite(_) => panic!("this is a file"),
        }
    }

    pub(crate) fn file(&self) -> PathBuf {
        match &self.location {
            Location::Sqlite(file) => file.clone(),
            Location::Postgres(_) => panic!("this is a URL"),
        }
    }

    pub(crate) fn open(&self) -> Journal {
        self.open_with(&Options::default())
    }

    pub(crate) fn open_with(&self, options: &Options) -> Journal {
        Journal::open(&self.location, &SCHEMA, options).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(Made { server, database }) = &self.made {
            tell_server(server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
        }
    }
}

pub(crate) fn tell_server(url: &str, text: &str) {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    client.batch_execute(text).unwrap();
}

/// Runs a test on both databases.
pub(crate) fn everywhere(test: impl Fn(&Place)) {
    test(&Place::sqlite());
    if let Some(place) = Place::postgres() {
        test(&place);
    }
}

pub(crate) fn add(tx: &mut Tx<'_>, id: i64, name: &str) -> Result<(), journal::Error> {
    tx.run(&ADD, journal::args![id, name]).map(drop)
}

pub(crate) fn count(journal: &Journal) -> i64 {
    let found: Result<_, journal::Error> = journal.read_blocking(|tx| tx.one(&COUNT, &[], |row| row.int(0)));
    found.unwrap().unwrap()
}

pub(crate) fn names(journal: &Journal) -> Vec<String> {
    let found: Result<_, journal::Error> = journal.read_blocking(|tx| tx.all(&NAMES, &[], |row| row.text(0)));
    found.unwrap()
}

/// A job that keeps the writer busy until the other end of the channel is dropped.
pub(crate) struct Gate {
    reached: mpsc::Sender<()>,
    opened: mpsc::Receiver<()>,
}

impl Gate {
    /// Puts a gate in front of what is submitted next, so that all of it waits together; it opens when dropped.
    pub(crate) fn close(journal: &Journal) -> mpsc::Sender<()> {
        let (open, opened) = mpsc::channel();
        let (reached, is_reached) = mpsc::channel();
        journal.submit(Box::new(Gate { reached, opened }));
        is_reached.recv().unwrap();
        open
    }
}

impl Job for Gate {
    fn run(&mut self, _: &mut Tx<'_>) -> Result<(), Failure> {
        self.reached.send(()).unwrap();
        let _ = self.opened.recv();
        Ok(())
    }

    fn done(self: Box<Self>, _: Result<(), journal::Error>) {}
}

/// A closure whose answer comes through a channel, so that many can wait at once.
pub(crate) struct Asked<F> {
    pub(crate) work: F,
    pub(crate) answer: mpsc::Sender<Result<(), journal::Error>>,
    pub(crate) error: Option<journal::Error>,
}

impl<F> Job for Asked<F>
where
    F: FnMut(&mut Tx<'_>) -> Result<(), journal::Error> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.error = (self.work)(tx).err();
        if self.error.is_some() { Err(Failure) } else { Ok(()) }
    }

    fn done(self: Box<Self>, outcome: Result<(), journal::Error>) {
        let own = self.error;
        let answer = match outcome {
            Err(journal::Error::RolledBack) => Err(own.unwrap()),
            other => other,
        };
        self.answer.send(answer).unwrap();
    }
}

/// Submits a closure; its answer arrives at the receiver.
pub(crate) fn ask(
    journal: &Journal,
    work: impl FnMut(&mut Tx<'_>) -> Result<(), journal::Error> + Send + 'static,
) -> mpsc::Receiver<Result<(), journal::Error>> {
    let (answer, answered) = mpsc::channel();
    journal.submit(Box::new(Asked { work, answer, error: None }));
    answered
}
