//! People of other sites. As a person, a guest is the negative of the number here, so that no account is ever taken for one.

use crate::sites::SiteId;
use auction::{Person, Time};
use journal::{Arg, Error, Statement, Tx, args};

journal::statements! {
    /// Statements on `guests`.
    pub STATEMENTS;
    BY_PSEUDONYM = "SELECT id FROM guests WHERE site = $1 AND pseudonym = $2";
    BY_NUMBER = "SELECT id FROM guests WHERE site = $1 AND auction = $2 AND number = $3";
    WITH_PSEUDONYM = "INSERT INTO guests (site, pseudonym) VALUES ($1, $2) RETURNING id";
    WITH_NUMBER = "INSERT INTO guests (site, auction, number) VALUES ($1, $2, $3) RETURNING id";
    SITE = "SELECT site FROM guests WHERE id = $1";
    SUSPEND = "UPDATE guests SET suspended_at = $1 WHERE id = $2";
    PSEUDONYM = "SELECT site, pseudonym FROM guests WHERE id = $1 AND pseudonym IS NOT NULL";
    NUMBER = "SELECT site, number FROM guests WHERE id = $1 AND number IS NOT NULL";
}

/// Whether this is somebody of another site.
pub fn is_guest(person: Person) -> bool {
    person.0 < 0
}

/// Who bids on auctions of this site under a pseudonym that the site of the bidder gave.
pub fn by_pseudonym(tx: &mut Tx<'_>, site: SiteId, pseudonym: &[u8; 32]) -> Result<Person, Error> {
    known_or_new(tx, &BY_PSEUDONYM, &WITH_PSEUDONYM, args![site.0, pseudonym])
}

/// Who bids on an auction of another site under a number that the site of the bidder gave. `replica`: the auction's number
/// here.
pub fn by_number(tx: &mut Tx<'_>, site: SiteId, replica: i64, number: u32) -> Result<Person, Error> {
    known_or_new(tx, &BY_NUMBER, &WITH_NUMBER, args![site.0, replica, number])
}

/// The site of a guest, and the pseudonym that it gave.
pub fn pseudonym_of(tx: &mut Tx<'_>, guest: Person) -> Result<Option<(SiteId, [u8; 32])>, Error> {
    tx.one(&PSEUDONYM, args![guest.0.saturating_neg()], |row| {
        Ok((SiteId(row.int(0)?), crate::sites::bytes32(row.blob_ref(1)?)?))
    })
}

/// From which site a guest is; none of an account of this site.
pub fn site_of(tx: &mut Tx<'_>, guest: Person) -> Result<Option<SiteId>, Error> {
    tx.one(&SITE, args![guest.0.saturating_neg()], |row| row.int(0).map(SiteId))
}

/// Site and number of a bidder on an auction of another site.
pub fn number_of(tx: &mut Tx<'_>, guest: Person) -> Result<Option<(SiteId, u32)>, Error> {
    tx.one(&NUMBER, args![guest.0.saturating_neg()], |row| Ok((SiteId(row.int(0)?), row.int(1)? as u32)))
}

/// Suspends, or with `None` lets back in; false if there is no such guest.
pub fn suspend(tx: &mut Tx<'_>, guest: Person, at: Option<Time>) -> Result<bool, Error> {
    Ok(tx.run(&SUSPEND, args![at.map(|at| at.0), guest.0.saturating_neg()])? == 1)
}

/// Nothing is written for who is known: what the auctioneer has loaded stays true.
fn known_or_new(
    tx: &mut Tx<'_>,
    known: &'static Statement,
    new: &'static Statement,
    args: &[Arg<'_>],
) -> Result<Person, Error> {
    let id = match tx.one(known, args, |row| row.int(0))? {
        Some(id) => Some(id),
        None => tx.one(new, args, |row| row.int(0))?,
    };
    id.map(|id| Person(-id)).ok_or(Error::Unknown)
}
