//! The end has come: auctions are closed, once, through any crash.

use super::OUTAGE;
use crate::{Market, Refusal};
use auction::{Actor, Command, Deed, Time};
use store::{auctions, site};

/// How many auctions are closed at a time.
const CHUNK: usize = 1000;

impl Market {
    /// Closes everything whose end has come; gives how many. After an outage that nobody noticed yet it notices it
    /// first: a machine that wakes up must not close before anything else.
    pub async fn close_due(&self) -> Result<usize, Refusal> {
        let now = self.clock.now();
        let mut closed = 0;
        loop {
            let due = self.read(move |tx| Ok((auctions::due(tx, now, CHUNK)?, site::last_beat(tx)?)));
            let (due, last_beat) = due.await?;
            if !due.is_empty() && last_beat.is_some_and(|last| now - last > OUTAGE) {
                // Nobody noticed yet that the site was away: those ends may have to move first. It beats anew, so
                // this happens once.
                self.notice_outage().await?;
                continue;
            }
            let some = due.len();
            // All are asked before any answer is waited for: one commit closes them all.
            let closing: Vec<_> = due.into_iter().map(|auction| self.close(auction)).collect();
            for answer in futures_util::future::join_all(closing).await {
                closed += usize::from(answer?);
            }
            if some < CHUNK {
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
