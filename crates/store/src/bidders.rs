//! What is known of a person in an auction.

use crate::guests;
use crate::sites::SiteId;
use auction::{Bidder, Person, TakenBack, Time};
use journal::{Error, Row, Tx, args};

/// A bidder with the number that stands for the invented name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What the rules know.
    pub bidder: Bidder,
    /// 1, 2, 3 … in the order of first offers; none before the first.
    pub number: Option<u32>,
}

journal::statements! {
    /// Statements on `bidders`.
    pub STATEMENTS;
    FIND = "SELECT p.suspended_at, b.number, b.blocked, b.standing, b.taken_back, b.taken_back_at, b.returned
        FROM people p LEFT JOIN bidders b ON b.auction = $1 AND b.person = p.id WHERE p.id = $2";
    FIND_GUEST = "SELECT g.suspended_at, b.number, b.blocked, b.standing, b.taken_back, b.taken_back_at, b.returned
        FROM guests g LEFT JOIN bidders b ON b.auction = $1 AND b.person = -g.id WHERE g.id = $2";
    NAME = "INSERT INTO bidders (auction, person, number, blocked, standing, taken_back, returned)
        VALUES ($1, $2, $3, 0, 0, 0, 0) ON CONFLICT (auction, person) DO NOTHING";
    LAST_FROM = "SELECT min(b.number), max(b.number) FROM bidders b JOIN guests g ON g.id = -b.person
        WHERE b.auction = $1 AND g.site = $2 AND b.number >= $3";
    SAVE = "INSERT INTO bidders (auction, person, number, blocked, standing, taken_back, taken_back_at, returned)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (auction, person) DO UPDATE SET number = excluded.number, blocked = excluded.blocked,
        standing = excluded.standing, taken_back = excluded.taken_back,
        taken_back_at = excluded.taken_back_at, returned = excluded.returned";
    NUMBERS = "SELECT person, number FROM bidders WHERE auction = $1 AND number IS NOT NULL";
    BY_PERSON = "SELECT auction FROM bidders WHERE person = $1 AND auction < $2 AND number IS NOT NULL
        ORDER BY auction DESC LIMIT $3";
    STANDING_OF = "SELECT b.auction FROM bidders b JOIN auctions a ON a.id = b.auction
        WHERE b.person = $1 AND b.standing = 1 AND a.phase = 3";
    SUSPENDED_AND_STANDING = "SELECT p.id FROM people p WHERE p.suspended_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM bidders b JOIN auctions a ON a.id = b.auction
        WHERE b.person = p.id AND b.standing = 1 AND a.phase = 3)
        UNION SELECT -g.id FROM guests g WHERE g.suspended_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM bidders b JOIN auctions a ON a.id = b.auction
        WHERE b.person = -g.id AND b.standing = 1 AND a.phase = 3) ORDER BY 1";
}

/// What is known of this person in this auction; `None` if there is no such person.
pub fn find(tx: &mut Tx<'_>, auction: i64, person: Person) -> Result<Option<Stored>, Error> {
    if guests::is_guest(person) {
        return tx.one(&FIND_GUEST, args![auction, -person.0], |row| stored(row, person));
    }
    tx.one(&FIND, args![auction, person.0], |row| stored(row, person))
}

/// A guest has this number in an auction, given by the guest's site; the first number stays.
pub fn name_guest(tx: &mut Tx<'_>, auction: i64, guest: Person, number: u32) -> Result<(), Error> {
    tx.run(&NAME, args![auction, guest.0, number]).map(drop)
}

/// Under which number a guest's bid counts, where it is another one than his site gave: the one that he has already, or one
/// that is free. A site that was restored may give a number anew.
pub fn other_number(
    tx: &mut Tx<'_>,
    auction: i64,
    site: SiteId,
    guest: Person,
    given: u32,
) -> Result<Option<u32>, Error> {
    if let Some(known) = find(tx, auction, guest)?.and_then(|stored| stored.number) {
        return Ok(Some(known).filter(|known| *known != given));
    }
    let from = |row: &Row<'_>| Ok((row.opt_int(0)?, row.opt_int(1)?));
    let (first, last) = tx.one(&LAST_FROM, args![auction, site.0, given], from)?.unwrap_or_default();
    let is_taken = first == Some(i64::from(given));
    Ok(last.filter(|_| is_taken).map(|last| (last as u32).saturating_add(1)))
}

fn stored(row: &Row<'_>, person: Person) -> Result<Stored, Error> {
    let flag = |column| Ok::<bool, Error>(row.opt_int(column)? == Some(1));
    let times = row.opt_int(4)?.unwrap_or(0) as u32;
    let at = row.opt_int(5)?.map(Time);
    let returned = flag(6)?;
    let bidder = Bidder {
        person,
        suspended: row.opt_int(0)?.is_some(),
        blocked: flag(2)?,
        standing: flag(3)?,
        taken_back: at.map(|at| TakenBack { times, at, returned }),
    };
    Ok(Stored { bidder, number: row.opt_int(1)?.map(|number| number as u32) })
}

/// Writes everything but the suspension, which is the account's.
pub fn save(tx: &mut Tx<'_>, auction: i64, stored: &Stored) -> Result<(), Error> {
    let bidder = &stored.bidder;
    let back = bidder.taken_back;
    tx.run(
        &SAVE,
        args![
            auction,
            bidder.person.0,
            stored.number,
            bidder.blocked,
            bidder.standing,
            back.map_or(0, |back| back.times),
            back.map(|back| back.at.0),
            back.is_some_and(|back| back.returned),
        ],
    )?;
    Ok(())
}

/// The numbers of all who have made an offer.
pub fn numbers(tx: &mut Tx<'_>, auction: i64) -> Result<Vec<(Person, u32)>, Error> {
    tx.all(&NUMBERS, args![auction], |row| Ok((Person(row.int(0)?), row.int(1)? as u32)))
}

/// Auctions with an offer of this person, newest auction first, below a number.
pub fn auctions_of(tx: &mut Tx<'_>, person: Person, below: i64, limit: usize) -> Result<Vec<i64>, Error> {
    tx.all(&BY_PERSON, args![person.0, below, limit], |row| row.int(0))
}

/// Published auctions in which an offer of this person stands.
pub fn standing_of(tx: &mut Tx<'_>, person: Person) -> Result<Vec<i64>, Error> {
    tx.all(&STANDING_OF, args![person.0], |row| row.int(0))
}

/// Suspended people with an offer that stands in a published auction.
pub fn suspended_and_standing(tx: &mut Tx<'_>) -> Result<Vec<Person>, Error> {
    tx.all(&SUSPENDED_AND_STANDING, &[], |row| row.int(0).map(Person))
}
