//! Where the database is.

use super::secret::SecretUrl;
use settings::kind::quote;
use settings::{Kind, Value};

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// SQLite, in the data folder.
    Embedded,
    /// PostgreSQL, at this address.
    Postgres(SecretUrl),
}

impl Kind for Database {
    type Of = Database;

    const SECRET: bool = true;

    fn expects() -> String {
        "empty, or an address such as postgres://person:password@host:5432/database".to_owned()
    }

    fn read(value: &Value) -> Option<Database> {
        let text = value.text()?.trim();
        if text.is_empty() {
            return Some(Database::Embedded);
        }
        let (scheme, rest) = text.split_once("://")?;
        let good = matches!(scheme, "postgres" | "postgresql") && !rest.is_empty();
        good.then(|| Database::Postgres(SecretUrl::new(text)))
    }

    fn write(database: &Database) -> String {
        match database {
            Database::Embedded => quote(""),
            Database::Postgres(url) => quote(&url.to_string()),
        }
    }
}
