//! The end has come: auctions are closed, once, through any crash.

use crate::{Market, Refusal};
use auction::{Actor, Command, Deed, Time};
use store::auctions;

/// How many auctions are closed at a time.
const CHUNK: usize = 1000;

impl Market {
    /// Closes everything whose end has come; gives how many.
    pub async fn close_due(&self) -> Result<usize, Refusal> {
        let now = self.clock.now();
        let mut closed = 0;
        loop {
            let due = self.read(move |tx| Ok(auctions::due(tx, now, CHUNK)?)).await?;
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
