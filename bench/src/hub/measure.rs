//! One measurement: a flood, and then a trickle for the latency.

use super::chain::{Chain, Pace};
use super::slot::Slot;
use crate::command_line::Span;
use crate::process::{self, Cpu};
use anyhow::{Result, ensure};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

/// Time between two messages where latency is measured: 100 a second.
const BETWEEN: Duration = Duration::from_millis(10);

/// The first messages of the trickle wake everything up and are not counted.
const WAKING: Duration = Duration::from_millis(300);

/// How long the trickle lasts.
const TRICKLE: Duration = Duration::from_secs(4);

/// What was published has come after so long, or is lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// What one measurement found.
#[derive(Clone)]
pub(crate) struct Measured {
    pub(crate) per_second: f64,
    /// Processor time, in microseconds a message.
    pub(crate) client: f64,
    pub(crate) servers: [f64; 2],
    /// The part of the machine that somebody else used meanwhile.
    pub(crate) others: f64,
    /// Milliseconds that half of the messages of the trickle, and 99 of 100, did not exceed; not with many origins.
    pub(crate) latency: Option<(f64, f64)>,
}

pub(crate) fn measure(chain: &dyn Chain, slot: Slot, span: Span) -> Result<Measured> {
    let measured = flood(chain, slot.pace(), span)?;
    let latency = if slot.pace() == Pace::Many { None } else { Some(trickle(chain)?) };
    Ok(Measured { latency, ..measured })
}

fn flood(chain: &dyn Chain, pace: Pace, span: Span) -> Result<Measured> {
    while_published(chain, pace, || {
        sleep(span.warm_up);
        let before = Look::now(chain)?;
        sleep(span.counted);
        Look::now(chain)?.since(&before)
    })
}

fn trickle(chain: &dyn Chain) -> Result<(f64, f64)> {
    let meter = chain.meter();
    while_published(chain, Pace::Every(BETWEEN), || {
        sleep(WAKING);
        meter.forget();
        sleep(TRICKLE);
        Ok((meter.milliseconds(0.5), meter.milliseconds(0.99)))
    })
}

/// Publishes while something is looked at; afterwards everything that was published must come.
pub(crate) fn while_published<T>(
    chain: &dyn Chain,
    pace: Pace,
    look: impl FnOnce() -> Result<T>,
) -> Result<T> {
    let meter = chain.meter();
    meter.begin();
    let (seen, published) = scope(|scope| {
        let publisher = scope.spawn(|| chain.publish(pace));
        let seen = look();
        meter.end();
        (seen, publisher.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    published?;
    let all = meter.all_came(PATIENCE);
    ensure!(all, "{} were published, {} came", meter.published(), meter.received());
    seen
}

/// Counters at a moment.
struct Look {
    at: Instant,
    received: u64,
    client: Cpu,
    servers: [Cpu; 2],
    busy: f64,
}

impl Look {
    fn now(chain: &dyn Chain) -> Result<Look> {
        let [a, b] = chain.servers();
        let servers = [process::cpu(a.process())?, process::cpu(b.process())?];
        let (received, client) = (chain.meter().received(), process::cpu(std::process::id())?);
        Ok(Look { at: Instant::now(), received, client, servers, busy: process::busy()? })
    }

    fn since(&self, before: &Look) -> Result<Measured> {
        let seconds = (self.at - before.at).as_secs_f64();
        let received = self.received - before.received;
        ensure!(received > 0, "nothing came");
        let client = self.client.since(before.client).total();
        let servers = [0, 1].map(|server| self.servers[server].since(before.servers[server]).total());
        let cores = std::thread::available_parallelism()?.get() as f64;
        let others = self.busy - before.busy - client - servers.iter().sum::<f64>();
        let each = |used: f64| used * 1e6 / received as f64;
        Ok(Measured {
            per_second: received as f64 / seconds,
            client: each(client),
            servers: servers.map(each),
            others: (others / (seconds * cores)).max(0.0),
            latency: None,
        })
    }
}
