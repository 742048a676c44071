//! The rhythm of what a site tells and hears. Each job is a step that tests call directly.

use crate::federation::Federation;
use market::Refusal;
use market::jobs::{Jobs, after_error, beat, every};
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::sleep;

/// While an auction's decisions come one after the other, they gather for so long.
const GATHER: Duration = Duration::from_millis(20);

/// How often it is looked whether any link is up.
const LOOK_AT_LINKS_EVERY: Duration = Duration::from_secs(2);

/// What no notice announced is looked for this often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Federation {
    /// Starts what tells, sends and hears.
    pub fn start_jobs(&self) -> Jobs {
        let mut jobs = Jobs::default();
        jobs.add(|stopped| recovering(self.clone(), stopped));
        jobs.add(|stopped| telling(self.clone(), stopped));
        jobs.add(|stopped| keeping_level(self.clone(), stopped));
        jobs.add(|stopped| watching_links(self.clone(), stopped));
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

/// Before anything else, a site whose database may be old takes back what it has decided.
async fn recovering(federation: Federation, mut stopped: watch::Receiver<bool>) {
    if !federation.market().is_held() {
        return;
    }
    let is_answered = federation.neighbours_answer(&mut stopped).await;
    if *stopped.borrow() {
        return;
    }
    if !is_answered {
        tracing::warn!("no neighbour has answered for a minute: the site goes on with what it has");
    }
    while let Err(error) = federation.catch_up(is_answered).await {
        after_error("taking back what was decided", &error).await;
        if *stopped.borrow() {
            return;
        }
    }
}

/// Waits until nothing has to be taken back any more; false at the end.
async fn released(federation: &Federation, stopped: &mut watch::Receiver<bool>) -> bool {
    let mut ticks = every(LOOK_EVERY);
    while federation.market().is_held() {
        if !beat(&mut ticks, stopped).await {
            return false;
        }
    }
    true
}

/// Listings and decisions. The first leaves at once; those that come within a moment after it leave together.
async fn telling(federation: Federation, mut stopped: watch::Receiver<bool>) {
    let (mut notices, mut ticks) = (federation.market().notices().listen(), every(LOOK_EVERY));
    if !released(&federation, &mut stopped).await {
        return;
    }
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

/// That this site is there, what others lack, and what it lacks itself. It leaves with what is told next.
async fn keeping_level(federation: Federation, mut stopped: watch::Receiver<bool>) {
    let mut ticks = every(LOOK_EVERY);
    if !released(&federation, &mut stopped).await {
        return;
    }
    while beat(&mut ticks, &mut stopped).await {
        all("saying that this site is there", || federation.pulse()).await;
        all("answering other sites", || federation.answer()).await;
        all("asking other sites", || federation.ask()).await;
        all("forgetting", || federation.forget()).await;
    }
}

/// Whether anybody can reach this site. One that has no neighbours lacks none.
async fn watching_links(federation: Federation, mut stopped: watch::Receiver<bool>) {
    let mut ticks = every(LOOK_AT_LINKS_EVERY);
    while beat(&mut ticks, &mut stopped).await {
        // A hub that does not answer carries nothing either.
        let is_linked = federation.is_linked().await.unwrap_or(false);
        match federation.market().notice_links(is_linked).await {
            Ok(0) => {}
            Ok(moved) => tracing::warn!(moved, "no neighbour was linked; {moved} auctions get more time"),
            Err(error) => after_error("looking at the links", &error).await,
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
    if !released(&federation, &mut stopped).await {
        return;
    }
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
