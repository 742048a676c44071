//! The end has come: auctions are closed, once, through any crash.

use super::{OUTAGE, cut_off};
use crate::{Market, Refusal};
use auction::{Actor, Command, Deed, Time};
use store::{auctions, site};

/// How many auctions are closed at a time.
const CHUNK: usize = 1000;

impl Market {
    /// Closes everything whose end has come; gives how many. After an outage that nobody noticed yet it notices it
    /// first: a machine that wakes up must not close before anything else.
    pub async fn close_due(&self) -> Result<usize, Refusal> {
        if self.is_held() {
            return Ok(0);
        }
        let now = self.clock.now();
        let mut closed = 0;
        loop {
            let since = self.cut_off_since(now);
            let due = self.read(move |tx| {
                let due = auctions::due(tx, now, CHUNK)?;
                let waiting = cut_off::waiting(tx, &due, since, now)?;
                Ok((due, waiting, site::last_beat(tx)?))
            });
            let (mut due, waiting, last_beat) = due.await?;
            if !due.is_empty() && last_beat.is_some_and(|last| now - last > OUTAGE) {
                // Nobody noticed yet that the site was away: those ends may have to move first. It beats anew, so
                // this happens once.
                self.notice_outage().await?;
                continue;
            }
            let is_last = due.len() < CHUNK || !waiting.is_empty();
            due.retain(|auction| !waiting.contains(auction));
            // All are asked before any answer is waited for: one commit closes them all.
            let closing: Vec<_> = due.into_iter().map(|auction| self.close(auction)).collect();
            for answer in futures_util::future::join_all(closing).await {
                closed += usize::from(answer?);
            }
            if is_last {
                return Ok(closed);
            }
        }
    }

    /// Closes one; whether there was something to close.
    async fn close(&self, auction: i64) -> Result<bool, Refusal> {
        let command = Command { id: self.fresh_id(), by: Actor::Site, version: 0, deed: Deed::Close };
        Ok(self.auctioneer.ask(auction, command, None).await?.entry.is_some())
    }

    /// When the next auction ends.
    pub async fn next_end(&self) -> Result<Option<Time>, Refusal> {
        self.read(|tx| Ok(auctions::next_end(tx)?)).await
    }
}
