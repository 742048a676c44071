//! Decisions of another site on an auction of its own, as far as they are told.

use auction::{Amount, Person, Time};
use journal::{Error, Row, Tx, args, take_block};

/// A decision, as everybody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaEntry {
    /// Its number in the auction.
    pub number: u32,
    /// When the command arrived at its site.
    pub at: Time,
    /// The stable word for what was asked.
    pub what: String,
    /// Which bidder it concerns.
    pub who: Option<Person>,
    /// Whether it took effect.
    pub accepted: bool,
    /// The amount, where it is told.
    pub amount: Option<Amount>,
    /// The price after it.
    pub price: Option<Amount>,
    /// Who led after it.
    pub leader: Option<Person>,
    /// The end after it.
    pub ends_at: Time,
    /// Why, where that is everybody's business.
    pub reason: Option<String>,
    /// From when to when the site was away, where that moved the end.
    pub away: Option<(Time, Time)>,
}

macro_rules! columns {
    () => {
        "number, at, what, who, accepted, amount, price, leader, ends_at, reason, away_from, away_to"
    };
}

journal::statements! {
    /// Statements on `replica_entries`.
    pub HISTORY;
    APPEND = concat!("INSERT INTO replica_entries (replica, ", columns!(), ", sequence)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (replica, number) DO NOTHING");
    PAGE = concat!("SELECT ", columns!(), " FROM replica_entries
        WHERE replica = $1 AND number < $2 AND accepted = 1 ORDER BY number DESC LIMIT $3");
    TAKEN = "SELECT max(number) FROM replica_entries
        WHERE replica = $1 AND who = $2 AND accepted = 1 AND what IN ('cancel', 'retract')";
    NEWS = "SELECT sequence, replica, number, what, leader FROM replica_entries
        WHERE sequence > $1 AND accepted = 1 ORDER BY sequence LIMIT $2";
    LED_BEFORE = "SELECT leader FROM replica_entries
        WHERE replica = $1 AND number < $2 AND accepted = 1 ORDER BY number DESC LIMIT 1";
}

/// The counter that gives decisions of other sites their place here, in the order of commits.
const SEQUENCE: &str = "replica_entries";

/// Appends a decision; what stands under its number stays.
pub fn append(tx: &mut Tx<'_>, replica: i64, entry: &ReplicaEntry) -> Result<(), Error> {
    let sequence = take_block(tx, SEQUENCE, 1)?;
    tx.run(
        &APPEND,
        args![
            replica,
            entry.number,
            entry.at.0,
            &entry.what,
            entry.who.map(|person| person.0),
            entry.accepted,
            entry.amount.map(|amount| amount.0),
            entry.price.map(|amount| amount.0),
            entry.leader.map(|person| person.0),
            entry.ends_at.0,
            entry.reason.as_deref(),
            entry.away.map(|(from, _)| from.0),
            entry.away.map(|(_, to)| to.0),
            sequence,
        ],
    )
    .map(drop)
}

/// What a reader of all decisions of other sites looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaNews {
    /// Its place among all of them.
    pub sequence: i64,
    /// The auction's number here.
    pub replica: i64,
    /// Its number in the auction.
    pub number: u32,
    /// The stable word for what was asked.
    pub what: String,
    /// Who led after it.
    pub leader: Option<Person>,
}

/// Decisions that took effect behind a place, in order.
pub fn news(tx: &mut Tx<'_>, sequence: i64, limit: usize) -> Result<Vec<ReplicaNews>, Error> {
    tx.all(&NEWS, args![sequence, limit], |row| {
        Ok(ReplicaNews {
            sequence: row.int(0)?,
            replica: row.int(1)?,
            number: row.int(2)? as u32,
            what: row.text(3)?,
            leader: row.opt_int(4)?.map(Person),
        })
    })
}

/// Who led before a decision, as far as that was told.
pub fn led_before(tx: &mut Tx<'_>, replica: i64, number: u32) -> Result<Option<Person>, Error> {
    let leader = tx.one(&LED_BEFORE, args![replica, number], |row| row.opt_int(0))?;
    Ok(leader.flatten().map(Person))
}

/// Decisions that took effect, newest first, below a number.
pub fn page(tx: &mut Tx<'_>, replica: i64, below: i64, limit: usize) -> Result<Vec<ReplicaEntry>, Error> {
    tx.all(&PAGE, args![replica, below, limit], entry)
}

/// Number of the last decision that took away offers of this person.
pub fn last_taken(tx: &mut Tx<'_>, replica: i64, person: Person) -> Result<Option<u32>, Error> {
    let number = tx.one(&TAKEN, args![replica, person.0], |row| row.opt_int(0))?;
    Ok(number.flatten().map(|number| number as u32))
}

fn entry(row: &Row<'_>) -> Result<ReplicaEntry, Error> {
    let away = row.opt_int(10)?.zip(row.opt_int(11)?);
    Ok(ReplicaEntry {
        number: row.int(0)? as u32,
        at: Time(row.int(1)?),
        what: row.text(2)?,
        who: row.opt_int(3)?.map(Person),
        accepted: row.flag(4)?,
        amount: row.opt_int(5)?.map(Amount),
        price: row.opt_int(6)?.map(Amount),
        leader: row.opt_int(7)?.map(Person),
        ends_at: Time(row.int(8)?),
        reason: row.opt_text(9)?,
        away: away.map(|(from, to)| (Time(from), Time(to))),
    })
}
