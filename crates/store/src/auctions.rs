//! Terms and standing of each auction.

use crate::encoding::{self, StoredPhase, TermColumns, phase_parts, text_steps};
use auction::{Amount, Auction, Currency, Extension, Leader, Person, Span, Standing, Terms, Time};
use journal::{Arg, Error, Row, Tx, args, take_block};

/// An auction with what only the store knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its number on this site.
    pub id: i64,
    /// When it was entered, in UTC microseconds.
    pub created_at: Time,
    /// The place of its last entry among all entries of the site.
    pub last_sequence: Option<i64>,
    /// How many bidders have an invented name here.
    pub bidders: u32,
    /// What the rules know of it.
    pub auction: Auction,
}

macro_rules! columns {
    () => {
        "id, seller, created_at, format, clock_step, clock_interval, clock_floor, currency, exponent, \
         start_price, first_reserve, buy_now_price, steps, opens_at, scheduled_end, extension_window, \
         extension_cap, version, terms_version, frozen, phase, phase_at, winner, sold_price, ends_at, price, \
         leader, leader_limit, reserve, offers, buy_now, postponed, stood_still, last_number, last_at, last_sequence, bidders"
    };
}
pub(crate) use columns;

journal::statements! {
    /// Statements on `auctions`.
    pub STATEMENTS;
    FIND = concat!("SELECT ", columns!(), " FROM auctions WHERE id = $1");
    INSERT = "INSERT INTO auctions (id, seller, created_at, format, clock_step, clock_interval, clock_floor, currency,
        exponent, start_price, buy_now_price, steps, opens_at, scheduled_end, extension_window, extension_cap,
        first_reserve, version, terms_version, frozen, phase, ends_at, reserve, offers, buy_now, postponed,
        stood_still, last_number, last_at, bidders)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, $20, $21, $22,
        0, $23, 0, 0, 0, $24, 0)";
    UPDATE_TERMS = "UPDATE auctions SET format = $1, clock_step = $2, clock_interval = $3, clock_floor = $4,
        currency = $5, exponent = $6, start_price = $7, buy_now_price = $8, steps = $9, opens_at = $10,
        scheduled_end = $11, extension_window = $12, extension_cap = $13, first_reserve = $14, version = $15,
        terms_version = $16, phase = $17, ends_at = $18, reserve = $19, buy_now = $20 WHERE id = $21";
    // Two statements, so that a bid that neither ends nor extends an auction leaves the indexes alone.
    UPDATE_PRICE = "UPDATE auctions SET frozen = $1, price = $2, leader = $3, leader_limit = $4, reserve = $5,
        first_reserve = $6, offers = $7, buy_now = $8, last_number = $9, last_at = $10, last_sequence = $11,
        bidders = $12 WHERE id = $13 AND last_number = $14";
    UPDATE_END = "UPDATE auctions SET phase = $1, phase_at = $2, winner = $3, sold_price = $4, ends_at = $5,
        postponed = $6, stood_still = $7 WHERE id = $8";
    LAST_NUMBER = "SELECT value FROM counters WHERE name = $1";
    SET_VERSION = "UPDATE auctions SET version = $1 WHERE id = $2";
    DUE = "SELECT id FROM auctions WHERE phase = 3 AND ends_at <= $1 ORDER BY ends_at, id LIMIT $2";
    NEXT_END = "SELECT ends_at FROM auctions WHERE phase = 3 ORDER BY ends_at, id LIMIT 1";
    ENDING_BETWEEN = "SELECT id FROM auctions WHERE phase = 3 AND ends_at >= $1 AND opens_at <= $2 AND id > $3
        ORDER BY id LIMIT $4";
    COUNT = "SELECT count(*) FROM auctions WHERE phase = $1";
}

/// The auction with this number.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Stored>, Error> {
    tx.one(&FIND, args![id], stored)
}

/// The counter that numbers auctions, those of other sites too.
const NUMBERS: &str = "auctions";

/// A number that no auction has here, of this site or another.
pub(crate) fn fresh_number(tx: &mut Tx<'_>) -> Result<i64, Error> {
    take_block(tx, NUMBERS, 1)
}

/// Enters a new auction and gives its number.
pub fn insert(tx: &mut Tx<'_>, auction: &Auction, now: Time) -> Result<i64, Error> {
    let id = fresh_number(tx)?;
    insert_as(tx, id, auction, now, now)?;
    Ok(id)
}

/// Enters an auction under the number that it had. Nothing was decided on it before `last_at`.
pub fn insert_as(
    tx: &mut Tx<'_>,
    id: i64,
    auction: &Auction,
    created_at: Time,
    last_at: Time,
) -> Result<(), Error> {
    let terms = TermColumns::of(&auction.terms);
    let first = args![id, auction.seller.0, created_at.0];
    let row = [first, &terms.args(), &beside_terms(auction), args![last_at.0]];
    tx.run(&INSERT, &row.concat()).map(drop)
}

/// No auction that is entered from now on gets this number or a lower one.
pub fn reach_number(tx: &mut Tx<'_>, number: i64) -> Result<(), Error> {
    let missing = number - tx.one(&LAST_NUMBER, args![NUMBERS], |row| row.int(0))?.unwrap_or(0);
    if missing > 0 { take_block(tx, NUMBERS, missing).map(drop) } else { Ok(()) }
}

/// Writes terms, version and phase of an auction that nobody has bid on.
pub fn update_terms(tx: &mut Tx<'_>, id: i64, auction: &Auction) -> Result<(), Error> {
    let terms = TermColumns::of(&auction.terms);
    tx.run(&UPDATE_TERMS, &[&terms.args(), &beside_terms(auction), args![id]].concat()).map(drop)
}

/// What is written with the terms, in this order: `first_reserve`, `version`, `terms_version`, `phase`, `ends_at`, `reserve`,
/// `buy_now`.
fn beside_terms(auction: &Auction) -> Vec<Arg<'static>> {
    let standing = &auction.standing;
    args![
        auction.terms.reserve.map(|amount| amount.0),
        auction.version,
        auction.terms_version,
        phase_parts(&standing.phase).phase,
        standing.ends_at.0,
        standing.reserve.map(|amount| amount.0),
        standing.buy_now,
    ]
    .to_vec()
}

/// Writes what entries have changed between the standing `before`, after the entry `last`, and the auction `after`.
/// [`Error::Busy`]: another process has appended an entry meanwhile.
pub fn update(tx: &mut Tx<'_>, before: &Standing, last: u32, after: &Stored) -> Result<(), Error> {
    let (id, auction, standing) = (after.id, &after.auction, &after.auction.standing);
    let written = tx.run(
        &UPDATE_PRICE,
        args![
            auction.frozen,
            standing.price.map(|amount| amount.0),
            standing.leader.map(|leader| leader.person.0),
            standing.leader.map(|leader| leader.limit.0),
            standing.reserve.map(|amount| amount.0),
            auction.terms.reserve.map(|amount| amount.0),
            standing.offers,
            standing.buy_now,
            auction.last,
            auction.last_at.0,
            after.last_sequence,
            after.bidders,
            id,
            last,
        ],
    )?;
    if written == 0 {
        return Err(Error::Busy);
    }
    if before.phase != standing.phase
        || before.ends_at != standing.ends_at
        || before.stood_still != standing.stood_still
    {
        let phase = phase_parts(&standing.phase);
        tx.run(
            &UPDATE_END,
            args![
                phase.phase,
                phase.at,
                phase.winner,
                phase.price,
                standing.ends_at.0,
                standing.postponed,
                standing.stood_still.0,
                id,
            ],
        )?;
    }
    Ok(())
}

/// Sets the version of a listing whose terms stay.
pub fn set_version(tx: &mut Tx<'_>, id: i64, version: u32) -> Result<(), Error> {
    tx.run(&SET_VERSION, args![version, id]).map(drop)
}

/// Auctions whose end has come by `now`, earliest first.
pub fn due(tx: &mut Tx<'_>, now: Time, limit: usize) -> Result<Vec<i64>, Error> {
    tx.all(&DUE, args![now.0, limit], |row| row.int(0))
}

/// The next end of a published auction.
pub fn next_end(tx: &mut Tx<'_>) -> Result<Option<Time>, Error> {
    tx.one(&NEXT_END, &[], |row| row.int(0).map(Time))
}

/// Published auctions that end at or after `from` and opened by `to`, by number, behind `after`.
pub fn running_between(
    tx: &mut Tx<'_>,
    from: Time,
    to: Time,
    after: i64,
    limit: usize,
) -> Result<Vec<i64>, Error> {
    tx.all(&ENDING_BETWEEN, args![from.0, to.0, after, limit], |row| row.int(0))
}

/// How many auctions are published.
pub fn count_published(tx: &mut Tx<'_>) -> Result<i64, Error> {
    Ok(tx.one(&COUNT, args![encoding::PUBLISHED], |row| row.int(0))?.unwrap_or(0))
}

/// Reads a row of `columns!()`.
pub(crate) fn stored(row: &Row<'_>) -> Result<Stored, Error> {
    stored_from(row, 0)
}

/// Reads a row whose columns from `at` on are `columns!()`.
pub(crate) fn stored_from(row: &Row<'_>, at: usize) -> Result<Stored, Error> {
    let leader = row.opt_int(at + 26)?.zip(row.opt_int(at + 27)?);
    let phase = StoredPhase {
        phase: row.int(at + 20)?,
        at: row.opt_int(at + 21)?,
        winner: row.opt_int(at + 22)?,
        price: row.opt_int(at + 23)?,
    };
    let standing = Standing {
        phase: phase.phase(),
        ends_at: Time(row.int(at + 24)?),
        price: row.opt_int(at + 25)?.map(Amount),
        leader: leader.map(|(person, limit)| Leader { person: Person(person), limit: Amount(limit) }),
        reserve: row.opt_int(at + 28)?.map(Amount),
        offers: row.int(at + 29)? as u32,
        buy_now: row.flag(at + 30)?,
        postponed: row.int(at + 31)? as u32,
        stood_still: Span(row.int(at + 32)?),
    };
    let auction = Auction {
        seller: Person(row.int(at + 1)?),
        terms: terms(row, at + 3)?,
        version: row.int(at + 17)? as u32,
        terms_version: row.int(at + 18)? as u32,
        frozen: row.flag(at + 19)?,
        standing,
        last: row.int(at + 33)? as u32,
        last_at: Time(row.int(at + 34)?),
    };
    Ok(Stored {
        id: row.int(at)?,
        created_at: Time(row.int(at + 2)?),
        last_sequence: row.opt_int(at + 35)?,
        bidders: row.int(at + 36)? as u32,
        auction,
    })
}

/// Reads terms whose first column, the format, is the one at `at`, in the order of `columns!()`.
pub(crate) fn terms(row: &Row<'_>, at: usize) -> Result<Terms, Error> {
    let code = row.text_ref(at + 4)?;
    let currency = Currency::new(code, row.int(at + 5)? as u8);
    let extension = row.opt_int(at + 12)?.zip(row.opt_int(at + 13)?);
    let clock = [row.opt_int(at + 1)?, row.opt_int(at + 2)?, row.opt_int(at + 3)?];
    Ok(Terms {
        format: encoding::format_clock(row.text_ref(at)?, clock)?,
        currency: currency.ok_or_else(|| encoding::unreadable("currency", code))?,
        start_price: Amount(row.int(at + 6)?),
        reserve: row.opt_int(at + 7)?.map(Amount),
        buy_now: row.opt_int(at + 8)?.map(Amount),
        steps: text_steps(row.text_ref(at + 9)?)?,
        opens_at: Time(row.int(at + 10)?),
        ends_at: Time(row.int(at + 11)?),
        extension: extension.map(|(window, cap)| Extension { window: Span(window), cap: Span(cap) }),
    })
}
