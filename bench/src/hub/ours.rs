//! Our own chain: two release processes, B has A as its upstream. Events are posted to the door of A and watched at the
//! door of B.

mod crowd;
mod event;
mod poster;
mod program;
mod watcher;

use super::chain::{Chain, Pace, WINDOW};
use super::keeper::{Kept, until};
use super::meter::{BREATHER, Meter};
use anyhow::{Context, Result};
use event::Template;
use poster::Poster;
use program::Program;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Events that are posted together by one busy origin: what fits into one envelope of 64 KiB.
const BATCH: usize = 64;

/// Origins that post one event at a time.
pub(crate) const ORIGINS: usize = 64;

/// Two hubs that have just been started are linked within this.
const LINKED_WITHIN: Duration = Duration::from_secs(10);

/// Two hubs and who asks them.
pub(crate) struct Hubs {
    a: Program,
    b: Program,
    tokens: Vec<String>,
    meter: Arc<Meter>,
    /// No two events have the same id.
    last_id: AtomicU64,
}

impl Hubs {
    pub(crate) fn open(folder: &Path) -> Result<Hubs> {
        let a = Program::start(&folder.join("hub-a"), None)?;
        let tokens: Result<Vec<String>> = (0..ORIGINS).map(|n| a.token(&format!("origin {n}"))).collect();
        let b = Program::start(&folder.join("hub-b"), Some(&a))?;
        until(LINKED_WITHIN, || Ok(is_linked(&b.status()?))).context("the hubs did not link")?;
        let meter = Arc::new(Meter::new());
        watcher::watch(b.address, &b.token("consumer")?, Arc::clone(&meter))?;
        Ok(Hubs { a, b, tokens: tokens?, meter, last_id: AtomicU64::new(0) })
    }

    /// The envelopes in the log of B.
    pub(crate) fn envelopes(&self) -> Result<u64> {
        self.b.status()?["log"]["envelopes"].as_u64().context("no envelopes in the status")
    }

    /// The first of so many ids that nobody has used.
    fn next_id(&self, count: u64) -> u64 {
        self.last_id.fetch_add(count, Ordering::Relaxed) + 1
    }

    /// Posts so many events at a time, from one token, until the meter is over.
    fn post(&self, token: &str, together: usize) -> Result<()> {
        let mut poster = Poster::open(self.a.address, token, together)?;
        let template = Template::new();
        while !self.meter.is_over() {
            if !self.meter.may_publish(together as u64) {
                std::thread::sleep(BREATHER);
                continue;
            }
            let first = self.next_id(together as u64);
            poster.post(|body| template.write(body, first, together))?;
        }
        Ok(())
    }

    /// Posts batches from the first token on so many connections, each in a thread.
    fn post_batches(&self, connections: usize) -> Result<()> {
        std::thread::scope(|scope| {
            let posters: Vec<_> =
                (0..connections).map(|_| scope.spawn(|| self.post(&self.tokens[0], BATCH))).collect();
            posters
                .into_iter()
                .try_for_each(|poster| poster.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    fn post_every(&self, wait: Duration) -> Result<()> {
        let mut poster = Poster::open(self.a.address, &self.tokens[0], 1)?;
        let template = Template::new();
        let mut next = Instant::now();
        while !self.meter.is_over() && self.meter.may_publish(1) {
            let id = self.next_id(1);
            poster.post(|body| template.write(body, id, 1))?;
            next += wait;
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        Ok(())
    }
}

impl Chain for Hubs {
    fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    fn publish(&self, pace: Pace) -> Result<()> {
        match pace {
            Pace::One => self.post_batches(WINDOW / BATCH),
            Pace::Many => crowd::post(self),
            Pace::Every(wait) => self.post_every(wait),
        }
    }

    fn servers(&self) -> [&Kept; 2] {
        [&self.a.kept, &self.b.kept]
    }
}

fn is_linked(status: &Value) -> bool {
    let state = status["neighbours"][0]["state"].as_str();
    state.is_some_and(|words| words.starts_with("linked"))
}
