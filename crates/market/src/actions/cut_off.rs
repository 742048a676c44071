//! The site runs, and nobody can reach it: auctions with bids from elsewhere wait as if it had been away.

use super::OUTAGE;
use crate::{Market, Refusal};
use auction::Time;
use std::sync::PoisonError;
use store::{Tx, auctions, guest_bids};

/// How many auctions are looked at in one go.
const CHUNK: usize = 1000;

impl Market {
    /// Says whether any link with the network is up. When one is again after an outage, the ends that it touched are moved,
    /// before anything that waited is heard. Gives how many.
    pub async fn notice_links(&self, is_linked: bool) -> Result<usize, Refusal> {
        let now = self.clock.now();
        let since = {
            let mut cut_off = self.cut_off.lock().unwrap_or_else(PoisonError::into_inner);
            match (is_linked, *cut_off) {
                (false, since) => {
                    *cut_off = since.or(Some(now));
                    return Ok(0);
                }
                (true, None) => return Ok(0),
                (true, Some(since)) => since,
            }
        };
        let moved = if now - since > OUTAGE { self.postpone_cut_off(since, now).await? } else { 0 };
        *self.cut_off.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(moved)
    }

    /// Since when no link is up, if that is an outage by now.
    pub(super) fn cut_off_since(&self, now: Time) -> Option<Time> {
        let since = *self.cut_off.lock().unwrap_or_else(PoisonError::into_inner);
        since.filter(|since| now - *since > OUTAGE)
    }

    async fn postpone_cut_off(&self, from: Time, to: Time) -> Result<usize, Refusal> {
        let (mut after, mut moved) = (0, 0);
        loop {
            let running = self.read(move |tx| Ok(auctions::running_between(tx, from, to, after, CHUNK)?));
            let running = running.await?;
            let Some(last) = running.last() else { return Ok(moved) };
            after = *last;
            for auction in self.read(move |tx| with_guests(tx, running)).await? {
                moved += usize::from(self.tell_outage(auction, from, to).await?);
            }
        }
    }
}

fn with_guests(tx: &mut Tx<'_>, mut auctions: Vec<i64>) -> Result<Vec<i64>, Refusal> {
    let mut kept = Vec::new();
    for auction in auctions.drain(..) {
        if guest_bids::any(tx, auction)? {
            kept.push(auction);
        }
    }
    Ok(kept)
}

/// Which of these wait for a link, so that they are not closed now.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    due: &[i64],
    since: Option<Time>,
    now: Time,
) -> Result<Vec<i64>, Refusal> {
    let mut waiting = Vec::new();
    let Some(since) = since else { return Ok(waiting) };
    for auction in due {
        let stored = auctions::find(tx, *auction)?;
        if stored.is_some_and(|stored| stored.auction.waits_for_return(since, now))
            && guest_bids::any(tx, *auction)?
        {
            waiting.push(*auction);
        }
    }
    Ok(waiting)
}
