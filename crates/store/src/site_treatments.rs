//! Who decided last how a site is treated, when, and why.

use crate::sites::SiteId;
use auction::{Person, Time};
use journal::{Error, Tx, args};

/// The last decision about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Why, in words of the webmaster; may be empty.
    pub note: String,
    /// Who; nobody where it came from the command line.
    pub by: Option<Person>,
    /// When.
    pub at: Time,
}

journal::statements! {
    /// Statements on `site_treatments`.
    pub STATEMENTS;
    NOTE = "INSERT INTO site_treatments (site, note, person, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (site) DO UPDATE SET note = excluded.note, person = excluded.person, at = excluded.at";
    LAST = "SELECT note, person, at FROM site_treatments WHERE site = $1";
    PUBLISHED_OF = "SELECT id FROM replicas WHERE site = $1 AND phase = 3";
}

/// Notes a decision; the one before is forgotten.
pub fn note(tx: &mut Tx<'_>, site: SiteId, decision: &Decision) -> Result<(), Error> {
    let Decision { note, by, at } = decision;
    tx.run(&NOTE, args![site.0, note, by.map(|person| person.0), at.0]).map(drop)
}

/// The last decision about a site.
pub fn last(tx: &mut Tx<'_>, site: SiteId) -> Result<Option<Decision>, Error> {
    tx.one(&LAST, args![site.0], |row| {
        Ok(Decision { note: row.text(0)?, by: row.opt_int(1)?.map(Person), at: Time(row.int(2)?) })
    })
}

/// Auctions of a site that have not ended: what a decision about it changes at once.
pub fn published_of(tx: &mut Tx<'_>, site: SiteId) -> Result<Vec<i64>, Error> {
    tx.all(&PUBLISHED_OF, args![site.0], |row| row.int(0))
}
