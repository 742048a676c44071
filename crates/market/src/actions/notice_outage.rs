//! The site was away for a while: auctions that would have ended meanwhile get more time.

use crate::{Market, Refusal};
use auction::{Actor, Command, Deed, Span, Time};
use store::{auctions, site};

/// A gap longer than this between two signs of life is an outage.
pub const OUTAGE: Span = Span::seconds(10);

/// How many auctions are looked at in one go.
const CHUNK: usize = 1000;

impl Market {
    /// Leaves a sign of life.
    pub async fn beat(&self) -> Result<(), Refusal> {
        if self.is_held() {
            // How long it was away is still to be noticed.
            return Ok(());
        }
        let now = self.clock.now();
        self.write(move |tx| Ok(site::beat(tx, now)?)).await
    }

    /// Looks at the last sign of life and, after an outage, moves the ends that it touched. Must run at start
    /// before anything is closed. Gives how many ends were moved.
    pub async fn notice_outage(&self) -> Result<usize, Refusal> {
        if self.is_held() {
            return Ok(0);
        }
        let now = self.clock.now();
        let last = self.last_beat().await?;
        let moved = match last {
            Some(last) if now - last > OUTAGE => self.postpone(last, now).await?,
            _ => 0,
        };
        self.beat().await?;
        Ok(moved)
    }

    /// When it last gave a sign of life.
    pub async fn last_beat(&self) -> Result<Option<Time>, Refusal> {
        self.read(|tx| Ok(site::last_beat(tx)?)).await
    }

    /// Tells every auction that ran between two moments of an outage.
    pub async fn postpone(&self, from: Time, to: Time) -> Result<usize, Refusal> {
        let (mut after, mut moved) = (0, 0);
        loop {
            let running = self.read(move |tx| Ok(auctions::running_between(tx, from, to, after, CHUNK)?));
            let running = running.await?;
            let Some(last) = running.last() else { return Ok(moved) };
            after = *last;
            let telling: Vec<_> =
                running.iter().map(|auction| self.tell_outage(*auction, from, to)).collect();
            for answer in futures_util::future::join_all(telling).await {
                moved += usize::from(answer?);
            }
        }
    }

    pub(super) async fn tell_outage(&self, auction: i64, from: Time, to: Time) -> Result<bool, Refusal> {
        let deed = Deed::Postpone { from, to, reason: "the site was away".into() };
        let command = Command { id: self.fresh_id(), by: Actor::Site, version: 0, deed };
        Ok(self.auctioneer.ask(auction, command, None).await?.entry.is_some())
    }
}
