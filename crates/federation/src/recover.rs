//! A site whose database is older than what it has decided takes that back from the logs of its neighbours.
//!
//! Its hub takes in its own envelopes like any others that it lacks. Here they are read, from the place on up to which the
//! database had heard everything, before anything is heard, decided or closed.

mod auction;

use crate::federation::{Federation, log_failed};
use crate::sealing::SealingSecret;
use crate::wire::{self, Body};
use ::auction::Time;
use hub::Envelope;
use market::Refusal;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

/// How many envelopes are read at a time.
const CHUNK: usize = 256;

/// No neighbour has answered for so long: the site goes on, and says so.
const PATIENCE: Duration = Duration::from_secs(60);

/// A neighbour that sends nothing for so long has sent what it has.
const QUIET: Duration = Duration::from_secs(2);

/// How often it is looked whether that has come.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Auctions that were not known any more.
    pub auctions: u32,
    /// Entries.
    pub entries: u32,
    /// Auctions that could not be brought level: their numbers are not used again, and the log says why.
    pub failed: u32,
}

impl Federation {
    /// Waits until a neighbour has sent what it has; false if none has answered within a minute, or it is time to stop.
    pub async fn neighbours_answer(&self, stopped: &mut watch::Receiver<bool>) -> bool {
        let begun = Instant::now();
        let (mut news, mut quiet_since) = (self.news(), None);
        loop {
            let status = self.0.carrier.status().await;
            let is_linked =
                status.is_ok_and(|status| status.neighbours.iter().any(|one| one.linked_since.is_some()));
            let has_news = news.has_changed().unwrap_or(false);
            news.borrow_and_update();
            quiet_since = match (is_linked, has_news) {
                (false, _) => None,
                (true, true) => Some(Instant::now()),
                (true, false) => quiet_since.or(Some(Instant::now())),
            };
            if quiet_since.is_some_and(|since| since.elapsed() >= QUIET) {
                return true;
            }
            if begun.elapsed() >= PATIENCE || *stopped.borrow() {
                return false;
            }
            sleep(LOOK_EVERY).await;
        }
    }

    /// Takes back what there is, and lets the market decide again. `is_answered`: a neighbour has sent what it has.
    pub async fn catch_up(&self, is_answered: bool) -> Result<Recovered, Refusal> {
        let taken = self.recover().await?;
        let Recovered { auctions, entries, failed } = taken;
        tracing::info!(
            auctions,
            entries,
            failed,
            "{entries} decisions and {auctions} auctions were taken back"
        );
        self.0.market.release().await?;
        self.0.level.send_replace(is_answered);
        Ok(taken)
    }

    /// Takes back what this site had told others and does not know any more.
    async fn recover(&self) -> Result<Recovered, Refusal> {
        let secrets = self.recovery_secrets().await?;
        let (mut place, mut all) = (self.heard().await?, Recovered::default());
        loop {
            let read = self.0.carrier.read_after(place, CHUNK).await.map_err(log_failed)?;
            let Some((last, _)) = read.last() else { return Ok(all) };
            place = *last;
            for (_, envelope) in &read {
                self.take_back(envelope, &secrets, &mut all).await?;
            }
        }
    }

    async fn take_back(
        &self,
        envelope: &Envelope,
        secrets: &[SealingSecret],
        all: &mut Recovered,
    ) -> Result<(), Refusal> {
        if envelope.stream().origin != self.key() {
            return Ok(());
        }
        let at = Time(i64::try_from(envelope.time().0).unwrap_or(i64::MAX)).min(self.0.market.now());
        for message in envelope.messages() {
            // What this site has said it can read.
            let Ok(Some(received)) = wire::read(&message) else { continue };
            match received.event.body {
                Body::Listing(listing) => self.listed(*listing, at, secrets, all).await?,
                Body::Rulings(rulings) => {
                    let text = String::from_utf8_lossy(&message.body).into_owned();
                    let told = auction::Told { rulings: *rulings, data: received.data, text };
                    self.ruled(told, secrets, all).await?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
