//! The rhythm of what a site tells and hears. Each job is a step that tests call directly.

use crate::federation::Federation;
use market::Refusal;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// While an auction's decisions come one after the other, they gather for so long.
const GATHER: Duration = Duration::from_millis(20);

/// What no notice announced is looked for this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// After an error a job waits so long before it tries again.
const PAUSE: Duration = Duration::from_secs(1);

/// The jobs of one networked site while it runs.
pub struct Jobs {
    running: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Jobs {
    /// Starts all jobs.
    pub fn start(federation: &Federation) -> Jobs {
        let (stop, stopped) = watch::channel(false);
        let mut running = JoinSet::new();
        running.spawn(telling(federation.clone(), stopped.clone()));
        running.spawn(sending(federation.clone(), stopped.clone()));
        running.spawn(hearing(federation.clone(), stopped));
        Jobs { running, stop }
    }

    /// Lets every job finish what it is at, and ends them.
    pub async fn finish(mut self) {
        let _ = self.stop.send(true);
        while self.running.join_next().await.is_some() {}
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

fn every(period: Duration) -> tokio::time::Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// Does a step until there is nothing left of it.
async fn all<F: Future<Output = Result<usize, Refusal>>>(job: &str, step: impl Fn() -> F) -> usize {
    let mut done = 0;
    loop {
        match step().await {
            Ok(0) => return done,
            Ok(some) => done += some,
            Err(error) => {
                tracing::error!(job, code = error.code(), ?error, "{job} failed and is tried again");
                sleep(PAUSE).await;
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
