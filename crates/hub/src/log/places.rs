//! What applications read: envelopes by place.

use super::fetch::envelope;
use super::schema::{number, whole};
use crate::envelope::Envelope;
use journal::{Error, Tx, args};
use std::ops::ControlFlow;
use std::sync::Arc;

journal::statements! {
    /// Statements on `envelopes`, by place.
    pub(super) STATEMENTS;
    AFTER = "SELECT place, bytes FROM envelopes WHERE place > $1 ORDER BY place LIMIT $2";
}

/// Enough bytes for one answer.
pub(super) const BYTES_ENOUGH: usize = 1024 * 1024;

/// An envelope and where it stands.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Rises by at least one from envelope to envelope. What was let go leaves a gap.
    pub place: u64,
    /// The envelope.
    pub envelope: Arc<Envelope>,
}

/// What comes after a place.
pub(super) fn after(tx: &mut Tx<'_>, place: u64, limit: usize) -> Result<Vec<Placed>, Error> {
    let (mut found, mut bytes) = (Vec::new(), 0);
    tx.walk(&AFTER, args![whole(place), limit], |row| {
        let envelope = envelope(row.blob_ref(1)?)?;
        bytes += envelope.bytes().len();
        found.push(Placed { place: number(row.int(0)?), envelope: Arc::new(envelope) });
        Ok(if bytes < BYTES_ENOUGH { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    Ok(found)
}
