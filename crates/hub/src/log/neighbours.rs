//! What is remembered of neighbours.

use super::schema::{array, number, whole};
use crate::key::PublicKey;
use crate::node::{RestoredNeighbour, Standing};
use crate::time::Time;
use journal::{Error, Failure, Job, Tx, args};

journal::statements! {
    /// Statements on `neighbours`.
    pub(super) STATEMENTS;
    KEEP = "INSERT INTO neighbours (key, name, address, standing, attempts, inactive_since)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, address = excluded.address,
            standing = excluded.standing, attempts = excluded.attempts, inactive_since = excluded.inactive_since";
    DROP = "DELETE FROM neighbours WHERE key = $1";
    ALL = "SELECT key, name, address, standing, attempts, inactive_since FROM neighbours";
}

const WORDS: [(Standing, &str); 4] = [
    (Standing::Pending, "pending"),
    (Standing::Active, "active"),
    (Standing::Inactive, "inactive"),
    (Standing::Blocked, "blocked"),
];

/// What is written down of one, as a job of the writer.
pub(super) enum Keep {
    /// How it is now.
    As(RestoredNeighbour),
    /// Nothing any more.
    Nothing(PublicKey),
}

impl Job for Keep {
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        let done = match self {
            Keep::As(neighbour) => keep(tx, neighbour),
            Keep::Nothing(key) => tx.run(&DROP, args![key.bytes()]).map(drop),
        };
        Ok(done?)
    }

    fn done(self: Box<Self>, outcome: Result<(), Error>) {
        if let Err(error) = outcome {
            tracing::error!(%error, "a neighbour could not be written down: {error}");
        }
    }
}

fn keep(tx: &mut Tx<'_>, neighbour: &RestoredNeighbour) -> Result<(), Error> {
    let RestoredNeighbour { key, name, address, standing, attempts, inactive_since } = neighbour;
    let word = WORDS.iter().find(|(known, _)| known == standing).map_or("pending", |(_, word)| word);
    let since = inactive_since.map(|since| whole(since.0));
    tx.run(&KEEP, args![key.bytes(), name, address, word, *attempts, since]).map(drop)
}

/// All of them.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<RestoredNeighbour>, Error> {
    tx.all(&ALL, &[], |row| {
        let word = row.text_ref(3)?;
        let standing = WORDS.iter().find(|(_, known)| *known == word).map(|(standing, _)| *standing);
        Ok(RestoredNeighbour {
            key: PublicKey::trusted(array(row.blob_ref(0)?)?),
            name: row.text(1)?,
            address: row.text(2)?,
            standing: standing.ok_or_else(|| Error::Corrupt("a neighbour stands in no known way".into()))?,
            attempts: u8::try_from(row.int(4)?).unwrap_or(u8::MAX),
            inactive_since: row.opt_int(5)?.map(|since| Time(number(since))),
        })
    })
}
