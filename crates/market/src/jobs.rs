//! What happens later, by itself. Each job is an action that tests call directly; here it only gets its rhythm.

use crate::actions::OUTAGE;
use crate::letters::{NewsReader, Postman};
use crate::{Market, Refusal};
use auction::{Span, Time};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// How often an end that has come is looked for. The winner is fixed within a second of it.
const CLOSE_EVERY: Duration = Duration::from_millis(200);

/// How often the news is read at most: a bidding war within it gives one letter.
const NEWS_EVERY: Duration = Duration::from_millis(500);

/// How often letters are looked for that had to wait.
const POST_EVERY: Duration = Duration::from_millis(500);

/// How often a sign of life is left.
const BEAT_EVERY: Duration = Duration::from_secs(5);

/// How often what has expired is forgotten.
const PURGE_EVERY: Duration = Duration::from_secs(3600);

/// After an error a job waits so long before it tries again.
const PAUSE: Duration = Duration::from_secs(1);

/// Jobs that run until they are told to stop.
#[derive(Default)]
pub struct Jobs {
    running: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Jobs {
    /// Starts all jobs of a market.
    pub fn start(market: &Market, postman: Arc<dyn Postman>) -> Jobs {
        let mut jobs = Jobs::default();
        jobs.add(|stopped| closing(market.clone(), stopped));
        jobs.add(|stopped| news(market.clone(), stopped));
        jobs.add(|stopped| post(market.clone(), postman, stopped));
        jobs.add(|stopped| heartbeat(market.clone(), stopped));
        jobs.add(|stopped| purging(market.clone(), stopped));
        jobs
    }

    /// Starts one more. It ends when what it is handed turns true.
    pub fn add<F>(&mut self, job: impl FnOnce(watch::Receiver<bool>) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.running.spawn(job(self.stop.subscribe()));
    }

    /// Lets every job finish what it is at, and ends them.
    pub async fn finish(mut self) {
        self.stop.send_replace(true);
        while self.running.join_next().await.is_some() {}
    }
}

/// Waits for the next beat; false when it is time to stop.
pub async fn beat(ticks: &mut tokio::time::Interval, stopped: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        biased;
        _ = stopped.wait_for(|stop| *stop) => false,
        _ = ticks.tick() => true,
    }
}

/// Ticks once in so long, and after a delay no more often.
pub fn every(period: Duration) -> tokio::time::Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// Logs an error and waits a moment, before the same is tried again.
pub async fn after_error(job: &str, error: &Refusal) {
    tracing::error!(job, code = error.code(), ?error, "{job} failed and is tried again");
    sleep(PAUSE).await;
}

async fn closing(market: Market, mut stopped: watch::Receiver<bool>) {
    let mut ticks = every(CLOSE_EVERY);
    while beat(&mut ticks, &mut stopped).await {
        match market.close_due().await {
            Ok(0) => {}
            Ok(closed) => tracing::info!(closed, "{closed} auctions closed"),
            Err(error) => after_error("closing", &error).await,
        }
    }
}

async fn news(market: Market, mut stopped: watch::Receiver<bool>) {
    let mut reader = NewsReader::default();
    let mut ticks = every(NEWS_EVERY);
    let networked = market.policy().networked;
    while beat(&mut ticks, &mut stopped).await {
        loop {
            let read = match market.read_news(&mut reader).await {
                Ok(0) if networked => market.read_news_elsewhere(&mut reader).await,
                read => read,
            };
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    after_error("reading the news", &error).await;
                    break;
                }
            }
        }
    }
}

async fn post(market: Market, postman: Arc<dyn Postman>, mut stopped: watch::Receiver<bool>) {
    let limited = market.policy().letters_per_minute > 0;
    let mut ticks = every(match market.policy().letters_per_minute {
        0 => POST_EVERY,
        most => Duration::from_secs(60) / most,
    });
    while beat(&mut ticks, &mut stopped).await {
        loop {
            let go_on = || !*stopped.borrow();
            match market.send_letters_while(&*postman, go_on).await {
                // With a limit, one letter a beat is all.
                Ok(posted) if posted.sent == 0 || limited || *stopped.borrow() => break,
                Ok(_) => {}
                Err(error) => {
                    after_error("sending letters", &error).await;
                    break;
                }
            }
        }
    }
}

/// Leaves signs of life, and notices when the machine slept or its clock jumped forward.
async fn heartbeat(market: Market, mut stopped: watch::Receiver<bool>) {
    let mut ticks = every(BEAT_EVERY);
    let mut last: Option<Time> = None;
    while beat(&mut ticks, &mut stopped).await {
        let now = market.now();
        let away = last.is_some_and(|last| now - last > OUTAGE + Span::seconds(5));
        let done = if away { market.notice_outage().await.map(drop) } else { market.beat().await };
        if let Err(error) = done {
            after_error("the heartbeat", &error).await;
        }
        last = Some(now);
    }
}

async fn purging(market: Market, mut stopped: watch::Receiver<bool>) {
    let mut ticks = every(PURGE_EVERY);
    while beat(&mut ticks, &mut stopped).await {
        if let Err(error) = market.purge().await {
            after_error("purging", &error).await;
        }
    }
}
