//! That this site is there, and one hash over how its auctions stand.

use super::write_down;
use crate::chain::{self, Beat};
use crate::federation::Federation;
use crate::wire::{Body, Hash, Moment, Pulse};
use auction::{Span, Time};
use market::Refusal;
use store::{Tx, announced};

/// How long after a decision.
const AFTER_AN_ENTRY: Span = Span::seconds(30);

/// How often without any.
const EVERY: Span = Span::minutes(10);

/// For so many seconds it is worth delivering: later ones say more.
const TTL: u32 = 15 * 60;

impl Federation {
    /// Writes a pulse down when it is due; gives how many.
    pub async fn pulse(&self) -> Result<usize, Refusal> {
        let now = self.0.market.now();
        let mut rhythm = self.0.rhythm.lock().await;
        if rhythm.pulse_due.is_some_and(|due| now < due) {
            return Ok(0);
        }
        self.0.market.journal().write(move |tx| tell_pulse(tx, now)).await?;
        rhythm.pulse_due = Some(now + EVERY);
        Ok(1)
    }

    /// Something was decided: the next pulse comes sooner.
    pub(super) async fn pulse_soon(&self, now: Time) {
        let mut rhythm = self.0.rhythm.lock().await;
        rhythm.pulse_due = rhythm.pulse_due.map(|due| due.min(now + AFTER_AN_ENTRY));
    }
}

fn tell_pulse(tx: &mut Tx<'_>, now: Time) -> Result<(), Refusal> {
    let beats: Vec<Beat> = announced::living(tx)?
        .iter()
        .map(|known| Beat {
            auction: known.auction.cast_unsigned(),
            last: known.last,
            head: Hash(known.head),
        })
        .collect();
    let live = u32::try_from(beats.len()).unwrap_or(u32::MAX);
    let pulse = Pulse { at: Moment::nearest(now), live, digest: chain::digest(&beats) };
    write_down(tx, None, &format!("pulse-{}", now.0), Body::Pulse(pulse), TTL, now).map(drop)
}
