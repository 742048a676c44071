//! Where the tests run: a file of SQLite, always, and a database of PostgreSQL where there is a server.

use std::sync::atomic::{AtomicU32, Ordering};
use store::{Error, Journal, Location, Options, Tx};
use tempfile::TempDir;

/// Holds the URL of a server where databases may be created.
const VARIABLE: &str = "ANUKO_TEST_POSTGRES";

/// A database of its own for one test.
pub(crate) struct Place {
    pub(crate) location: Location,
    _folder: TempDir,
    made: Option<(String, String)>,
}

impl Place {
    pub(crate) fn sqlite() -> Place {
        let folder = tempfile::tempdir().unwrap();
        Place { location: Location::Sqlite(folder.path().join("site.db")), _folder: folder, made: None }
    }

    /// `None`, with a word about it, when there is no server.
    pub(crate) fn postgres() -> Option<Place> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(VARIABLE) else {
            eprintln!("SKIPPED on PostgreSQL: {VARIABLE} is not set");
            return None;
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let database = format!("store_test_{}_{number}", std::process::id());
        connect(&server).batch_execute(&format!("CREATE DATABASE {database}")).unwrap();
        let (front, _) = server.rsplit_once('/').unwrap();
        let location = Location::Postgres(format!("{front}/{database}"));
        Some(Place { location, _folder: tempfile::tempdir().unwrap(), made: Some((server, database)) })
    }

    pub(crate) fn open(&self) -> Journal {
        store::open(&self.location, &Options { readers: 1, ..Options::default() }).unwrap()
    }

    /// Something done behind the back of the program.
    pub(crate) fn tamper(&self, sql: &str) {
        match &self.location {
            Location::Sqlite(file) => rusqlite::Connection::open(file).unwrap().execute_batch(sql).unwrap(),
            Location::Postgres(url) => connect(url).batch_execute(sql).unwrap(),
        }
    }

    pub(crate) fn sqlite_connection(&self) -> rusqlite::Connection {
        match &self.location {
            Location::Sqlite(file) => rusqlite::Connection::open(file).unwrap(),
            Location::Postgres(_) => panic!("this is a URL"),
        }
    }

    pub(crate) fn postgres_connection(&self) -> postgres::Client {
        match &self.location {
            Location::Sqlite(_) => panic!("this is a file"),
            Location::Postgres(url) => connect(url),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, database)) = &self.made {
            let drop = format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)");
            connect(server).batch_execute(&drop).unwrap();
        }
    }
}

fn connect(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).unwrap()
}

/// Both databases, as far as they are there.
pub(crate) fn everywhere() -> impl Iterator<Item = Place> {
    [Some(Place::sqlite()), Place::postgres()].into_iter().flatten()
}

pub(crate) fn write<T: Send + 'static>(
    journal: &Journal,
    work: impl FnMut(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
) -> T {
    journal.write_blocking(work).unwrap()
}

pub(crate) fn read<T: Send + 'static>(
    journal: &Journal,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
) -> T {
    journal.read_blocking(work).unwrap()
}
