//! Entries: one row a decision. The table is only ever appended to and has no index beside its key: in a batch of bids
//! on many auctions, each bid would change a page of it. Each entry names the one before it in its auction instead.

use crate::auctions::Stored;
use crate::encoding::{
    StoredPhase, capacity, deed, deed_detail, phase_parts, refusal, refusal_parts, unreadable,
};
use auction::{
    Actor, Amount, CommandId, Currency, Entry, Leader, Person, Phase, Span, Standing, Time, Verdict,
};
use journal::{Error, Row, Statement, Tx, args, take_block};

macro_rules! columns {
    () => {
        "number, at, person, capacity, command, version, deed, detail, amount, refusal, refusal_data, removed, \
         phase, phase_at, winner, sold_price, ends_at, price, leader, leader_limit, reserve, offers, buy_now, \
         postponed, stood_still"
    };
}

/// From an entry back to the first of its auction, for as long as rows are asked for: both databases give the rows of
/// a chain in its order and stop with the reader. The auction is asked for, too, because where to begin may come from
/// outside.
macro_rules! chain {
    ($rest:literal) => {
        concat!(
            "WITH RECURSIVE chain AS (
                SELECT e.* FROM entries e WHERE e.sequence = $1 AND e.auction = $2
                UNION ALL SELECT e.* FROM chain c JOIN entries e ON e.sequence = c.previous)
             SELECT ",
            columns!(),
            ", previous FROM chain ",
            $rest
        )
    };
}

journal::statements! {
    /// Statements on `entries`.
    pub STATEMENTS;
    INSERT = concat!("INSERT INTO entries (sequence, previous, auction, displaced, ", columns!(), ")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
        $22, $23, $24, $25, $26, $27, $28, $29)");
    PRIOR = concat!("SELECT ", columns!(), " FROM entries WHERE sequence = $1 AND auction = $2 AND person = $3
        AND command = $4");
    ALL = chain!("");
    ACCEPTED = chain!("WHERE refusal IS NULL");
    NUMBERED = chain!("WHERE number = $3 LIMIT 1");
    PAGE = chain!("WHERE refusal IS NULL OR person = $3 LIMIT $4");
    OWN_OR_TAKEN = chain!("WHERE refusal IS NULL AND (removed IS NOT NULL OR person = $3 AND
        deed IN ('offer', 'take', 'buy_now')) LIMIT 1");
    NEWS = "SELECT sequence, auction, displaced, leader, phase, phase_at, winner, sold_price FROM entries
        WHERE sequence > $1 AND refusal IS NULL ORDER BY sequence LIMIT $2";
    FOLLOW = "SELECT sequence, auction FROM entries WHERE sequence > $1 ORDER BY sequence LIMIT $2";
    BEHIND = concat!("WITH RECURSIVE chain AS (
            SELECT e.* FROM entries e WHERE e.sequence = $1 AND e.auction = $2
            UNION ALL SELECT e.* FROM chain c JOIN entries e ON e.sequence = c.previous WHERE c.number > $3 + 1)
        SELECT ", columns!(), " FROM chain WHERE number > $3");
    NEWEST = "SELECT sequence FROM entries ORDER BY sequence DESC LIMIT 1";
}

/// The counter that gives entries their sequence, in commit order and without holes.
const SEQUENCE: &str = "entries";

/// An entry on its way into the store.
#[derive(Debug)]
pub struct New<'a> {
    /// Its place among all entries of the site.
    pub sequence: i64,
    /// The place of the entry before it in its auction.
    pub previous: Option<i64>,
    /// The auction's number.
    pub auction: i64,
    /// The currency of the auction.
    pub currency: Currency,
    /// Who lost the lead to this offer.
    pub displaced: Option<Person>,
    /// The decision.
    pub entry: &'a Entry,
}

/// Takes places for so many entries, and gives the first. To be called as late as possible.
pub fn take_places(tx: &mut Tx<'_>, count: usize) -> Result<i64, Error> {
    take_block(tx, SEQUENCE, count as i64)
}

/// Appends an entry.
pub fn append(tx: &mut Tx<'_>, new: &New<'_>) -> Result<(), Error> {
    let entry = new.entry;
    let after = &entry.after;
    let phase = phase_parts(&after.phase);
    let detail = deed_detail(&entry.deed, entry.amount, new.currency);
    let removed = (!entry.removed.is_empty()).then(|| numbers_text(&entry.removed));
    let (refusal, refusal_data) = refusal_parts(&entry.verdict);
    tx.run(
        &INSERT,
        args![
            new.sequence,
            new.previous,
            new.auction,
            new.displaced.map(|person| person.0),
            entry.number,
            entry.at.0,
            entry.by.person().map(|person| person.0),
            capacity(entry.by),
            &entry.id.0,
            entry.version,
            entry.deed.word(),
            detail.as_deref(),
            entry.amount.map(|amount| amount.0),
            refusal,
            refusal_data,
            removed.as_deref(),
            phase.phase,
            phase.at,
            phase.winner,
            phase.price,
            after.ends_at.0,
            after.price.map(|amount| amount.0),
            after.leader.map(|leader| leader.person.0),
            after.leader.map(|leader| leader.limit.0),
            after.reserve.map(|amount| amount.0),
            after.offers,
            after.buy_now,
            after.postponed,
            after.stood_still.0,
        ],
    )?;
    Ok(())
}

/// The entry at a place, if it is the one that this person caused under this id.
pub fn prior(
    tx: &mut Tx<'_>,
    sequence: i64,
    auction: i64,
    person: Person,
    id: CommandId,
    currency: Currency,
) -> Result<Option<Entry>, Error> {
    tx.one(&PRIOR, args![sequence, auction, person.0, &id.0], |row| entry(row, currency))
}

/// The auctions of the entries behind a place: (place, auction), in order.
pub fn follow(tx: &mut Tx<'_>, after: i64, limit: usize) -> Result<Vec<(i64, i64)>, Error> {
    tx.all(&FOLLOW, args![after, limit], |row| Ok((row.int(0)?, row.int(1)?)))
}

/// The entries of an auction behind a number, in order. Reads no more than those.
pub fn behind(tx: &mut Tx<'_>, of: &Stored, number: u32) -> Result<Vec<Entry>, Error> {
    let currency = of.auction.terms.currency;
    let mut found = tx.all(&BEHIND, args![of.last_sequence, of.id, number], |row| entry(row, currency))?;
    found.reverse();
    Ok(found)
}

/// All entries of an auction, in order.
pub fn all(tx: &mut Tx<'_>, of: &Stored) -> Result<Vec<Entry>, Error> {
    whole(tx, &ALL, of)
}

/// All accepted entries of an auction, in order.
pub fn accepted(tx: &mut Tx<'_>, of: &Stored) -> Result<Vec<Entry>, Error> {
    whole(tx, &ACCEPTED, of)
}

fn whole(tx: &mut Tx<'_>, statement: &'static Statement, of: &Stored) -> Result<Vec<Entry>, Error> {
    let currency = of.auction.terms.currency;
    let mut entries = tx.all(statement, args![of.last_sequence, of.id], |row| entry(row, currency))?;
    entries.sort_unstable_by_key(|entry| entry.number);
    Ok(entries)
}

/// The entry of an auction with this number. Looks from the newest on.
pub fn numbered(tx: &mut Tx<'_>, of: &Stored, number: u32) -> Result<Option<Entry>, Error> {
    let currency = of.auction.terms.currency;
    if number == 0 || number > of.auction.last {
        return Ok(None);
    }
    tx.one(&NUMBERED, args![of.last_sequence, of.id, number], |row| entry(row, currency))
}

/// An entry of a history, and the place of the one before it.
pub type Placed = (Entry, Option<i64>);

/// Accepted entries of an auction, and what this person was refused, newest first: from a place on, or from the
/// newest.
pub fn page(
    tx: &mut Tx<'_>,
    of: &Stored,
    from: Option<i64>,
    person: Option<Person>,
    limit: usize,
) -> Result<Vec<Placed>, Error> {
    let (from, currency) = (from.or(of.last_sequence), of.auction.terms.currency);
    tx.all(&PAGE, args![from, of.id, person.map(|person| person.0), limit], |row| {
        Ok((entry(row, currency)?, row.opt_int(PREVIOUS)?))
    })
}

/// What a reader of the journal needs of an accepted entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Its place among all entries of the site.
    pub sequence: i64,
    /// The auction.
    pub auction: i64,
    /// Who lost the lead to it.
    pub displaced: Option<Person>,
    /// Who led after it.
    pub leader: Option<Person>,
    /// Where the auction was in its life after it.
    pub phase: Phase,
}

/// Accepted entries behind a sequence, in order.
pub fn news(tx: &mut Tx<'_>, sequence: i64, limit: usize) -> Result<Vec<News>, Error> {
    tx.all(&NEWS, args![sequence, limit], |row| {
        Ok(News {
            sequence: row.int(0)?,
            auction: row.int(1)?,
            displaced: row.opt_int(2)?.map(Person),
            leader: row.opt_int(3)?.map(Person),
            phase: phase(row, 4)?,
        })
    })
}

/// The sequence of the newest entry, 0 without any.
pub fn newest(tx: &mut Tx<'_>) -> Result<i64, Error> {
    Ok(tx.one(&NEWEST, &[], |row| row.int(0))?.unwrap_or(0))
}

/// The amount of a person's last accepted offer that was not taken away. Looks from the newest entry on, no further
/// than needed: what took an offer away is newer than it.
pub fn own_last(tx: &mut Tx<'_>, of: &Stored, person: Person) -> Result<Option<Amount>, Error> {
    let (currency, mut from) = (of.auction.terms.currency, of.last_sequence);
    let mut gone: Vec<u32> = Vec::new();
    loop {
        let found = tx.one(&OWN_OR_TAKEN, args![from, of.id, person.0], |row| {
            Ok((entry(row, currency)?, row.opt_int(PREVIOUS)?))
        })?;
        let Some((found, previous)) = found else { return Ok(None) };
        if found.deed.is_bid() && !gone.contains(&found.number) {
            return Ok(found.amount);
        }
        gone.extend(found.removed);
        from = previous;
    }
}

fn verdict(code: Option<&str>, data: Option<i64>) -> Result<Verdict, Error> {
    let Some(code) = code else { return Ok(Verdict::Accepted) };
    refusal(code, data).map(Verdict::Refused).ok_or_else(|| unreadable("refusal", code))
}

fn numbers_text(numbers: &[u32]) -> String {
    let words: Vec<String> = numbers.iter().map(u32::to_string).collect();
    words.join(" ")
}

fn text_numbers(text: Option<&str>) -> Result<Box<[u32]>, Error> {
    let words = text.unwrap_or("").split_ascii_whitespace();
    let numbers: Result<Box<[u32]>, _> = words.map(str::parse).collect();
    numbers.map_err(|_| unreadable("removed", text.unwrap_or("")))
}

fn actor(person: Option<i64>, capacity: i64) -> Actor {
    match (person, capacity) {
        (Some(person), 1) => Actor::Moderator(Person(person)),
        (Some(person), _) => Actor::Person(Person(person)),
        (None, _) => Actor::Site,
    }
}

/// Where in `columns!()` the amount is.
const AMOUNT: usize = 8;

/// What stands behind `columns!()` in a chain.
const PREVIOUS: usize = 25;

/// Reads a row of `columns!()`.
fn entry(row: &Row<'_>, currency: Currency) -> Result<Entry, Error> {
    let amount = row.opt_int(AMOUNT)?;
    let id = row.blob_ref(4)?;
    Ok(Entry {
        number: row.int(0)? as u32,
        at: Time(row.int(1)?),
        by: actor(row.opt_int(2)?, row.int(3)?),
        id: CommandId(id.try_into().map_err(|_| unreadable("command", "not 16 bytes"))?),
        version: row.int(5)? as u32,
        deed: deed(row.text_ref(6)?, row.opt_text_ref(7)?, amount, currency)?,
        amount: amount.map(Amount),
        verdict: verdict(row.opt_text_ref(9)?, row.opt_int(10)?)?,
        removed: text_numbers(row.opt_text_ref(11)?)?,
        after: standing(row)?,
    })
}

/// Reads the four columns of a phase from column `at` on.
fn phase(row: &Row<'_>, at: usize) -> Result<Phase, Error> {
    let (phase, since) = (row.int(at)?, row.opt_int(at + 1)?);
    let (winner, price) = (row.opt_int(at + 2)?, row.opt_int(at + 3)?);
    Ok(StoredPhase { phase, at: since, winner, price }.phase())
}

fn standing(row: &Row<'_>) -> Result<Standing, Error> {
    let leader = row.opt_int(18)?.zip(row.opt_int(19)?);
    Ok(Standing {
        phase: phase(row, 12)?,
        ends_at: Time(row.int(16)?),
        price: row.opt_int(17)?.map(Amount),
        leader: leader.map(|(person, limit)| Leader { person: Person(person), limit: Amount(limit) }),
        reserve: row.opt_int(20)?.map(Amount),
        offers: row.int(21)? as u32,
        buy_now: row.flag(22)?,
        postponed: row.int(23)? as u32,
        stood_still: Span(row.int(24)?),
    })
}
