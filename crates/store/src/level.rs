//! Whether this site knows everything that another one has decided, and what of it is missing.

use crate::sites::{SiteId, bytes32};
use auction::Time;
use journal::{Error, Row, Tx, args};

/// How an open auction of another site stands here, as far as a pulse counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The auction's number here.
    pub id: i64,
    /// Its number at its site.
    pub remote: i64,
    /// The number of the last entry that was told.
    pub last: u32,
    /// The hash of the last message with decisions; zeros before the first.
    pub head: [u8; 32],
}

/// What the last pulse of a site has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Everything that it counted is known here.
    Level,
    /// Not everything.
    Behind,
    /// Some of its open auctions are not known at all.
    Lacking,
}

impl Level {
    fn number(self) -> i64 {
        match self {
            Level::Level => 1,
            Level::Behind => 0,
            Level::Lacking => -1,
        }
    }
}

/// A site that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlevel {
    /// Its number here.
    pub site: SiteId,
    /// Its key.
    pub key: [u8; 32],
    /// What its last pulse has shown.
    pub level: Level,
}

journal::statements! {
    /// Statements on `sites` and `replicas`.
    pub STATEMENTS;
    PULSED = "UPDATE sites SET last_pulse = $1, level = $2 WHERE id = $3 AND (last_pulse IS NULL OR last_pulse < $1)";
    OPEN = "SELECT id, remote, last_number, head FROM replicas WHERE site = $1 AND phase = 3 ORDER BY remote LIMIT $2";
    COUNT_OPEN = "SELECT count(*) FROM replicas WHERE site = $1 AND phase = 3";
    // Only the first hole counts; what is behind it comes with it.
    WANT = "UPDATE replicas SET wants_from = $1 WHERE id = $2 AND (wants_from IS NULL OR wants_from > $1)";
    WANTS = "SELECT wants_from FROM replicas WHERE id = $1 AND wants_from IS NOT NULL";
    SET_WANTS = "UPDATE replicas SET wants_from = $1 WHERE id = $2";
    RUN_END = "SELECT e.number FROM replica_entries e WHERE e.replica = $1 AND e.number > $2 AND NOT EXISTS (
        SELECT 1 FROM replica_entries n WHERE n.replica = $1 AND n.number = e.number + 1) ORDER BY e.number LIMIT 1";
    UNLEVEL = "SELECT id, key, level FROM sites s WHERE (asked_at IS NULL OR asked_at <= $1) AND treatment <> 'block'
        AND (level < 1 OR EXISTS (SELECT 1 FROM replicas r WHERE r.site = s.id AND r.wants_from IS NOT NULL))
        ORDER BY id LIMIT $2";
    WANTING = "SELECT id, remote, wants_from, head FROM replicas WHERE site = $1 AND wants_from IS NOT NULL
        ORDER BY remote LIMIT $2";
    ASKED = "UPDATE sites SET asked_at = $1, level = CASE WHEN level < 1 THEN NULL ELSE level END WHERE id = $2";
}

/// A site has said that it was there at a time. False if a later pulse is known.
pub fn pulsed(tx: &mut Tx<'_>, site: SiteId, at: Time, level: Level) -> Result<bool, Error> {
    Ok(tx.run(&PULSED, args![at.0, level.number(), site.0])? == 1)
}

/// Open auctions of a site, by their numbers there.
pub fn open(tx: &mut Tx<'_>, site: SiteId, limit: usize) -> Result<Vec<Known>, Error> {
    tx.all(&OPEN, args![site.0, limit], known)
}

/// How many auctions of a site are open.
pub fn count_open(tx: &mut Tx<'_>, site: SiteId) -> Result<i64, Error> {
    Ok(tx.one(&COUNT_OPEN, args![site.0], |row| row.int(0))?.unwrap_or(0))
}

/// Entries behind this one are missing.
pub fn want(tx: &mut Tx<'_>, replica: i64, from: u32) -> Result<(), Error> {
    tx.run(&WANT, args![from, replica]).map(drop)
}

/// Entries have come of an auction whose last one is `last`: notes behind which one they are still missing, if any are.
pub fn filled(tx: &mut Tx<'_>, replica: i64, first: u32, last: u32) -> Result<(), Error> {
    let wants = tx.one(&WANTS, args![replica], |row| row.int(0))?;
    let Some(from) = wants.filter(|from| i64::from(first) <= from + 1) else { return Ok(()) };
    let end = tx.one(&RUN_END, args![replica, from], |row| row.int(0))?.unwrap_or(from);
    tx.run(&SET_WANTS, args![(end < i64::from(last)).then_some(end), replica]).map(drop)
}

/// Sites that nobody has asked since a time, and of which something is missing here.
pub fn unlevel(tx: &mut Tx<'_>, asked_before: Time, limit: usize) -> Result<Vec<Unlevel>, Error> {
    tx.all(&UNLEVEL, args![asked_before.0, limit], |row| {
        let level = match row.opt_int(2)? {
            Some(-1) => Level::Lacking,
            Some(0) => Level::Behind,
            _ => Level::Level,
        };
        Ok(Unlevel { site: SiteId(row.int(0)?), key: bytes32(row.blob_ref(1)?)?, level })
    })
}

/// Auctions of a site of which entries are missing: `last` is the one behind which they are.
pub fn wanting(tx: &mut Tx<'_>, site: SiteId, limit: usize) -> Result<Vec<Known>, Error> {
    tx.all(&WANTING, args![site.0, limit], known)
}

/// A site was asked: its next pulse shows whether that was enough.
pub fn asked(tx: &mut Tx<'_>, site: SiteId, now: Time) -> Result<(), Error> {
    tx.run(&ASKED, args![now.0, site.0]).map(drop)
}

fn known(row: &Row<'_>) -> Result<Known, Error> {
    let (id, remote, last) = (row.int(0)?, row.int(1)?, row.int(2)? as u32);
    Ok(Known { id, remote, last, head: bytes32(row.blob_ref(3)?)? })
}
