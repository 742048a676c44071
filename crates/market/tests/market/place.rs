//! Where the tests run: a file of SQLite, always, and a database of PostgreSQL where there is a server.

use std::sync::atomic::{AtomicU32, Ordering};
use store::{Journal, Location, Options};
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
        let database = format!("market_test_{}_{number}", std::process::id());
        tell_server(&server, &format!("CREATE DATABASE {database}"));
        let (front, _) = server.rsplit_once('/').unwrap();
        let location = Location::Postgres(format!("{front}/{database}"));
        Some(Place { location, _folder: tempfile::tempdir().unwrap(), made: Some((server, database)) })
    }

    pub(crate) fn open(&self) -> Journal {
        let (location, options) = (self.location.clone(), Options { readers: 2, ..Options::default() });
        store::open(&location, &options).unwrap()
    }

    /// The first column of the first row, behind the back of the journal.
    pub(crate) fn number(&self, sql: &'static str) -> i64 {
        match self.location.clone() {
            Location::Sqlite(file) => {
                let connection = rusqlite::Connection::open(file).unwrap();
                connection.query_row(sql, [], |row| row.get(0)).unwrap()
            }
            // The driver may not be used inside a runtime.
            Location::Postgres(url) => std::thread::spawn(move || {
                let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
                client.query_one(sql, &[]).unwrap().get(0)
            })
            .join()
            .unwrap(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, database)) = &self.made {
            tell_server(server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
        }
    }
}

fn tell_server(url: &str, text: &str) {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    client.batch_execute(text).unwrap();
}
