//! Proofs that an origin has signed what cannot both be: two envelopes under one number, or one that does not follow the
//! one that it names.

use super::fetch::envelope;
use super::schema::{array, number, whole};
use crate::envelope::{Envelope, Hash, StreamId};
use crate::key::PublicKey;
use crate::time::Time;
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `forks`.
    pub(super) STATEMENTS;
    KEEP = "INSERT INTO forks (origin, epoch, n, at, kept, other) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (origin) DO NOTHING";
    PURGE = "DELETE FROM forks WHERE number <= (SELECT max(number) FROM forks) - $1";
    ALL = "SELECT origin, epoch, n, at FROM forks ORDER BY number";
    PROOF = "SELECT kept, other FROM forks WHERE origin = $1";
    NEAR = "SELECT e.bytes FROM envelopes AS e JOIN streams AS s ON s.number = e.stream
        WHERE s.origin = $1 AND s.epoch = $2 AND e.n BETWEEN $3 AND $4
        UNION ALL SELECT e.bytes FROM early AS e JOIN streams AS s ON s.number = e.stream
        WHERE s.origin = $1 AND s.epoch = $2 AND e.n BETWEEN $3 AND $4";
}

/// One proof of an origin is enough, and so many origins are remembered: keys cost nothing, and the oldest goes.
const FORKS_MOST: u64 = 1_000;

/// That an origin has forked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fork {
    /// Where.
    pub stream: StreamId,
    /// The number of what came later.
    pub number: u64,
    /// When that came.
    pub at: Time,
}

/// Two envelopes of one origin that contradict each other. Both signatures were found right.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What was there first; none if the log had let go of it.
    pub kept: Option<Envelope>,
    /// What came later.
    pub other: Envelope,
}

/// What a batch says of a fork.
pub(super) struct NewFork<'a> {
    /// The hash of what was there first.
    pub(super) kept: Hash,
    pub(super) other: &'a Envelope,
    pub(super) at: Time,
}

/// Keeps the proof, unless there is one of this origin.
pub(super) fn keep(tx: &mut Tx<'_>, fork: &NewFork<'_>) -> Result<(), Error> {
    let (stream, n) = (fork.other.stream(), fork.other.number());
    let kept = first(tx, fork)?;
    let kept = kept.as_ref().map(|kept| -> &[u8] { kept.bytes() });
    let (other, epoch): (&[u8], i64) = (fork.other.bytes(), stream.epoch.cast_signed());
    let added =
        tx.run(&KEEP, args![stream.origin.bytes(), epoch, whole(n), whole(fork.at.0), kept, other])?;
    if added > 0 {
        tx.run(&PURGE, args![whole(FORKS_MOST)])?;
    }
    Ok(())
}

/// What was there first has the same number, the one before or after, or ends the epoch before.
fn first(tx: &mut Tx<'_>, fork: &NewFork<'_>) -> Result<Option<Envelope>, Error> {
    let (stream, n) = (fork.other.stream(), fork.other.number());
    let before = fork.other.predecessor().map(|before| (before.epoch, before.number, before.number));
    for (epoch, from, to) in [Some((stream.epoch, n.saturating_sub(1), n + 1)), before].into_iter().flatten()
    {
        let near = args![stream.origin.bytes(), epoch.cast_signed(), whole(from), whole(to)];
        let near = tx.all(&NEAR, near, |row| envelope(row.blob_ref(0)?))?;
        if let Some(kept) = near.into_iter().find(|envelope| *envelope.hash() == fork.kept) {
            return Ok(Some(kept));
        }
    }
    Ok(None)
}

/// All that are kept, oldest first.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Fork>, Error> {
    tx.all(&ALL, &[], |row| {
        let origin = PublicKey::trusted(array(row.blob_ref(0)?)?);
        let stream = StreamId { origin, epoch: row.int(1)?.cast_unsigned() };
        Ok(Fork { stream, number: number(row.int(2)?), at: Time(number(row.int(3)?)) })
    })
}

/// Both envelopes.
pub(super) fn proof(tx: &mut Tx<'_>, origin: PublicKey) -> Result<Option<Proof>, Error> {
    tx.one(&PROOF, args![origin.bytes()], |row| {
        let kept = row.opt_blob_ref(0)?.map(envelope).transpose()?;
        Ok(Proof { kept, other: envelope(row.blob_ref(1)?)? })
    })
}
