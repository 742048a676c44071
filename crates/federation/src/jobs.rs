//! The rhythm of what a site tells and hears. Each job is a step that tests call directly.

use crate::federation::Federation;
use market::Refusal;
use market::jobs::{Jobs, after_error, every};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::sleep;

/// While an auction's decisions come one after the other, they gather for so long.
const GATHER: Duration = Duration::from_millis(20);

/// What no notice announced is looked for this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Federation {
    /// Starts what tells, sends and hears.
    pub fn start_jobs(&self) -> Jobs {
        let mut jobs = Jobs::default();
        jobs.add(|stopped| telling(self.clone(), stopped));
        jobs.add(|stopped| sending(self.clone(), stopped));
        jobs.add(|stopped| hearing(self.clone(), stopped));
        jobs
    }
}

/// Waits for a hint, for the next look, or for the end; false at the end. Many hints at once are one.
async fn hinted(
    notices: &mut broadcast::Receiver<std::sync::Arc<[i64]>>,
    ticks: &mut tokio::time::Interval,
    stopped: &mut watch::Receiver<bool>,
) -> bool {
    let go_on = tokio::select! {
        biased;
        _ = stopped.wait_for(|stop| *stop) => false,
        _ = notices.recv() => true,
        _ = ticks.tick() => true,
    };
    while !matches!(
        notices.try_recv(),
        Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed)
    ) {}
    go_on
}

/// Does a step until there is nothing left of it.
async fn all<F: Future<Output = Result<usize, Refusal>>>(job: &str, step: impl Fn() -> F) -> usize {
    let mut done = 0;
    loop {
        match step().await {
            Ok(0) => return done,
            Ok(some) => done += some,
            Err(error) => {
                after_error(job, &error).await;
                return done;
            }
        }
    }
}

/// Listings and decisions. The first leaves at once; those that come within a moment after it leave together.
async fn telling(federation: Federation, mut stopped: watch::Receiver<bool>) {
    let (mut notices, mut ticks) = (federation.market().notices().listen(), every(LOOK_EVERY));
    while hinted(&mut notices, &mut ticks, &mut stopped).await {
        all("announcing", || federation.announce()).await;
        let told = all("telling decisions", || federation.rule()).await;
        all("posting", || federation.post()).await;
        all("reaching winners", || federation.reach_winners()).await;
        if told > 0 {
            sleep(GATHER).await;
        }
    }
}

/// Bids of people of this site leave at once.
async fn sending(federation: Federation, mut stopped: watch::Receiver<bool>) {
    let (mut notices, mut ticks) = (federation.market().notices().listen(), every(LOOK_EVERY));
    while hinted(&mut notices, &mut ticks, &mut stopped).await {
        all("sending bids", || federation.send_bids()).await;
    }
}

/// What other sites say.
async fn hearing(federation: Federation, mut stopped: watch::Receiver<bool>) {
    let (mut news, mut ticks) = (federation.news(), every(LOOK_EVERY));
    loop {
        all("hearing other sites", || federation.hear()).await;
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stop| *stop) => return,
            changed = news.changed() => if changed.is_err() { return },
            _ = ticks.tick() => {}
        }
    }
}
