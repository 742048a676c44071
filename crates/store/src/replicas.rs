//! Auctions of other sites, as these told them.

mod history;

pub use history::{HISTORY, ReplicaEntry, ReplicaNews, append, last_taken, led_before, news, page};

use crate::auctions::{fresh_number, terms};
use crate::encoding::{StoredPhase, TermColumns, phase_parts};
use crate::listings::Place;
use crate::sites::{SiteId, bytes32};
use auction::shown::Told;
use auction::{Amount, Person, Span, Terms, Time};
use journal::{Arg, Error, Row, Tx, args};

/// An auction of another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replica {
    /// Its number here.
    pub id: i64,
    /// Whose it is.
    pub site: SiteId,
    /// Its number there.
    pub remote: i64,
    /// What its site listed.
    pub listing: Listing,
    /// How it stands, as its site last told.
    pub told: Told,
    /// The hash of the last message with decisions on it; zeros before the first.
    pub head: [u8; 32],
    /// When its site last told of it.
    pub heard_at: Time,
}

/// What a site lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The version of the listing.
    pub version: u32,
    /// The version in which a price-relevant term last changed.
    pub terms_version: u32,
    /// One line.
    pub title: String,
    /// Plain text.
    pub description: String,
    /// The seller's public name.
    pub seller: String,
    /// The words of the category, one a line, outermost first.
    pub category: String,
    /// Bids on this auction are sealed to this key.
    pub sealing_key: [u8; 32],
    /// The terms; the reserve is not among them.
    pub terms: Terms,
}

macro_rules! columns {
    () => {
        "id, site, remote, version, terms_version, title, description, seller, category, sealing_key, head, heard_at, \
         format, clock_step, clock_interval, clock_floor, currency, exponent, start_price, CAST(NULL AS BIGINT), buy_now_price, steps, \
         opens_at, scheduled_end, extension_window, extension_cap, \
         phase, phase_at, winner, sold_price, ends_at, price, leader, reserve_met, offers, buy_now, postponed, \
         stood_still, last_number"
    };
}

macro_rules! find {
    ($rest:expr) => {
        concat!("SELECT ", columns!(), " FROM replicas ", $rest)
    };
}

journal::statements! {
    /// Statements on `replicas` and `replica_additions`.
    pub STATEMENTS;
    INSERT = "INSERT INTO replicas (id, site, remote, head, heard_at, version, terms_version, title, description, seller,
        category, sealing_key, format, clock_step, clock_interval, clock_floor, currency, exponent, start_price,
        buy_now_price, steps, opens_at, scheduled_end, extension_window, extension_cap, phase, ends_at, offers, buy_now,
        postponed, stood_still, last_number)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
        $23, $24, $25, 3, $23, 0, $26, 0, 0, 0)";
    REVISE = "UPDATE replicas SET version = $1, terms_version = $2, title = $3, description = $4, seller = $5,
        category = $6, sealing_key = $7, format = $8, clock_step = $9, clock_interval = $10, clock_floor = $11,
        currency = $12, exponent = $13, start_price = $14, buy_now_price = $15, steps = $16, opens_at = $17,
        scheduled_end = $18, extension_window = $19, extension_cap = $20 WHERE id = $21";
    TELL = "UPDATE replicas SET phase = $1, phase_at = $2, winner = $3, sold_price = $4, ends_at = $5, price = $6,
        leader = $7, reserve_met = $8, offers = $9, buy_now = $10, postponed = $11, stood_still = $12,
        last_number = $13, head = $14, heard_at = $15 WHERE id = $16";
    ADD = "INSERT INTO replica_additions (replica, at, text) VALUES ($1, $2, $3) ON CONFLICT (replica, at) DO NOTHING";
    ADDITIONS = "SELECT at, text FROM replica_additions WHERE replica = $1 ORDER BY at";
    FIND = find!("WHERE id = $1");
    BY_ORIGIN = find!("WHERE site = $1 AND remote = $2");
    OPEN = find!("WHERE phase = 3 AND opens_at <= $1 AND (ends_at, id) > ($2, $3) ORDER BY ends_at, id LIMIT $4");
    SCHEDULED = find!("WHERE phase = 3 AND (opens_at, id) > ($1, $2) ORDER BY opens_at, id LIMIT $3");
    CLOSED = find!("WHERE phase = 4 AND (ends_at, id) < ($1, $2) ORDER BY ends_at DESC, id DESC LIMIT $3");
}

/// Enters an auction that was not known, and gives its number here.
pub fn insert(
    tx: &mut Tx<'_>,
    site: SiteId,
    remote: i64,
    listing: &Listing,
    now: Time,
) -> Result<i64, Error> {
    let (id, terms) = (fresh_number(tx)?, TermColumns::of(&listing.terms));
    let row = [
        args![id, site.0, remote, &[0; 32], now.0],
        &listing.beside_terms(),
        &terms.args(),
        args![listing.terms.buy_now.is_some()],
    ];
    tx.run(&INSERT, &row.concat())?;
    Ok(id)
}

/// Replaces what was listed.
pub fn revise(tx: &mut Tx<'_>, id: i64, listing: &Listing) -> Result<(), Error> {
    let terms = TermColumns::of(&listing.terms);
    tx.run(&REVISE, &[&listing.beside_terms(), &terms.args(), args![id]].concat()).map(drop)
}

impl Listing {
    /// In this order: `version`, `terms_version`, `title`, `description`, `seller`, `category`, `sealing_key`.
    fn beside_terms(&self) -> Vec<Arg<'_>> {
        args![
            self.version,
            self.terms_version,
            &self.title,
            &self.description,
            &self.seller,
            &self.category,
            &self.sealing_key,
        ]
        .to_vec()
    }
}

/// Writes how it stands, as its site has told it at a time.
pub fn tell(tx: &mut Tx<'_>, id: i64, told: &Told, head: &[u8; 32], at: Time) -> Result<(), Error> {
    let phase = phase_parts(&told.phase);
    tx.run(
        &TELL,
        args![
            phase.phase,
            phase.at,
            phase.winner,
            phase.price,
            told.ends_at.0,
            told.price.map(|amount| amount.0),
            told.leader.map(|person| person.0),
            told.reserve_met,
            told.offers,
            told.buy_now,
            told.postponed,
            told.stood_still.0,
            told.last,
            head,
            at.0,
            id,
        ],
    )
    .map(drop)
}

/// Adds to the text; what stands under the same time stays.
pub fn add(tx: &mut Tx<'_>, id: i64, at: Time, text: &str) -> Result<(), Error> {
    tx.run(&ADD, args![id, at.0, text]).map(drop)
}

/// Text that was added to the listing, oldest first.
pub fn additions(tx: &mut Tx<'_>, id: i64) -> Result<Vec<(Time, String)>, Error> {
    tx.all(&ADDITIONS, args![id], |row| Ok((Time(row.int(0)?), row.text(1)?)))
}

/// The auction with this number here.
pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Replica>, Error> {
    tx.one(&FIND, args![id], replica)
}

/// The auction with this number at its site.
pub fn by_origin(tx: &mut Tx<'_>, site: SiteId, remote: i64) -> Result<Option<Replica>, Error> {
    tx.one(&BY_ORIGIN, args![site.0, remote], replica)
}

/// Open auctions, ending soonest first.
pub fn open(tx: &mut Tx<'_>, now: Time, after: Place, limit: usize) -> Result<Vec<Replica>, Error> {
    let after = after.no_earlier_than(now);
    tx.all(&OPEN, args![now.0, after.at.0, after.id, limit], replica)
}

/// Auctions that open after `now`, opening soonest first.
pub fn scheduled(tx: &mut Tx<'_>, now: Time, after: Place, limit: usize) -> Result<Vec<Replica>, Error> {
    let after = after.no_earlier_than(now);
    tx.all(&SCHEDULED, args![after.at.0, after.id, limit], replica)
}

/// Closed auctions, closed last first.
pub fn closed(tx: &mut Tx<'_>, before: Place, limit: usize) -> Result<Vec<Replica>, Error> {
    tx.all(&CLOSED, args![before.at.0, before.id, limit], replica)
}

/// Where the terms begin in `columns!()`, and where the standing does.
const TERMS: usize = 12;
const TOLD: usize = 26;

fn replica(row: &Row<'_>) -> Result<Replica, Error> {
    Ok(Replica {
        id: row.int(0)?,
        site: SiteId(row.int(1)?),
        remote: row.int(2)?,
        listing: Listing {
            version: row.int(3)? as u32,
            terms_version: row.int(4)? as u32,
            title: row.text(5)?,
            description: row.text(6)?,
            seller: row.text(7)?,
            category: row.text(8)?,
            sealing_key: bytes32(row.blob_ref(9)?)?,
            terms: terms(row, TERMS)?,
        },
        told: told(row)?,
        head: bytes32(row.blob_ref(10)?)?,
        heard_at: Time(row.int(11)?),
    })
}

fn told(row: &Row<'_>) -> Result<Told, Error> {
    let phase = StoredPhase {
        phase: row.int(TOLD)?,
        at: row.opt_int(TOLD + 1)?,
        winner: row.opt_int(TOLD + 2)?,
        price: row.opt_int(TOLD + 3)?,
    };
    Ok(Told {
        phase: phase.phase(),
        ends_at: Time(row.int(TOLD + 4)?),
        price: row.opt_int(TOLD + 5)?.map(Amount),
        leader: row.opt_int(TOLD + 6)?.map(Person),
        reserve_met: row.opt_int(TOLD + 7)?.map(|met| met == 1),
        offers: row.int(TOLD + 8)? as u32,
        buy_now: row.flag(TOLD + 9)?,
        postponed: row.int(TOLD + 10)? as u32,
        stood_still: Span(row.int(TOLD + 11)?),
        last: row.int(TOLD + 12)? as u32,
    })
}
