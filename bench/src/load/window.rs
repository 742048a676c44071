//! The seconds that count: they begin after the warm-up and end before the last answers.

use super::{Latency, Measured};
use crate::command_line::Span;
use crate::process::{self, Cpu};
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// Counts answers while it is open.
pub(super) struct Window {
    server: u32,
    begin: Instant,
    end: Instant,
    opened: Option<(Instant, Used)>,
    measured: Option<Measured>,
    latency: Latency,
    accepted: u64,
    refused: u64,
    failed: u64,
}

impl Window {
    pub(super) fn new(span: Span, server: u32) -> Window {
        let begin = Instant::now() + span.warm_up;
        let (end, latency) = (begin + span.counted, Latency::new());
        let (opened, measured) = (None, None);
        Window { server, begin, end, opened, measured, latency, accepted: 0, refused: 0, failed: 0 }
    }

    /// Opens and closes when it is time.
    pub(super) fn look(&mut self, now: Instant) -> Result<()> {
        if self.opened.is_none() && now >= self.begin {
            self.opened = Some((now, Used::now(self.server)?));
        } else if self.measured.is_none() && now >= self.end {
            self.measured = Some(self.close(now)?);
        }
        Ok(())
    }

    pub(super) fn is_over(&self) -> bool {
        self.measured.is_some()
    }

    /// Counts an answer, if the window is open.
    pub(super) fn count(&mut self, status: u16, took: Duration) {
        if self.opened.is_none() || self.measured.is_some() {
            return;
        }
        match status {
            201 => self.accepted += 1,
            ..500 => self.refused += 1,
            _ => self.failed += 1,
        }
        self.latency.count(took);
    }

    pub(super) fn measured(self) -> Result<Measured> {
        self.measured.context("nothing was measured")
    }

    fn close(&self, now: Instant) -> Result<Measured> {
        let (opened, before) = self.opened.as_ref().context("it was never open")?;
        let (seconds, used) = ((now - *opened).as_secs_f64(), Used::now(self.server)?);
        let (client, server) = (used.client.since(before.client), used.server.since(before.server));
        let cores = std::thread::available_parallelism()?.get() as f64;
        let others = used.busy - before.busy - client.total() - server.total();
        Ok(Measured {
            seconds,
            accepted: self.accepted,
            refused: self.refused,
            failed: self.failed,
            p50: self.latency.milliseconds(0.5),
            p99: self.latency.milliseconds(0.99),
            client,
            server,
            others: (others / (seconds * cores)).max(0.0),
        })
    }
}

/// Processor time so far.
struct Used {
    client: Cpu,
    server: Cpu,
    busy: f64,
}

impl Used {
    fn now(server: u32) -> Result<Used> {
        let client = process::cpu(std::process::id())?;
        Ok(Used { client, server: process::cpu(server)?, busy: process::busy()? })
    }
}
