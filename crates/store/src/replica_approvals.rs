//! What was decided about auctions of sites that are shown after approval only.

use auction::{Person, Time};
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements on `replica_approvals`.
    pub STATEMENTS;
    DECIDE = "INSERT INTO replica_approvals (replica, approved, person, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (replica) DO UPDATE SET approved = excluded.approved, person = excluded.person, at = excluded.at";
    IS_APPROVED = "SELECT approved FROM replica_approvals WHERE replica = $1";
    AWAITING = "SELECT r.id FROM replicas r JOIN sites s ON s.id = r.site
        WHERE r.phase = 3 AND (r.ends_at, r.id) > ($1, $2) AND s.treatment = 'approve'
        AND NOT EXISTS (SELECT 1 FROM replica_approvals a WHERE a.replica = r.id) ORDER BY r.ends_at, r.id LIMIT $3";
}

/// Somebody has decided whether an auction of another site is shown.
pub fn decide(tx: &mut Tx<'_>, replica: i64, approved: bool, by: Person, now: Time) -> Result<(), Error> {
    tx.run(&DECIDE, args![replica, approved, by.0, now.0]).map(drop)
}

/// Whether it was approved; nobody has decided yet where there is nothing.
pub fn is_approved(tx: &mut Tx<'_>, replica: i64) -> Result<Option<bool>, Error> {
    tx.one(&IS_APPROVED, args![replica], |row| row.flag(0))
}

/// Auctions that wait for a decision and have not ended, ending soonest first.
pub fn awaiting(tx: &mut Tx<'_>, now: Time, limit: usize) -> Result<Vec<i64>, Error> {
    tx.all(&AWAITING, args![now.0, i64::MAX, limit], |row| row.int(0))
}
