//! The tables.

mod figures;
mod ratios;

use super::slot::Slot;
use crate::command_line::Bids;
use crate::load::Measured;
use crate::site::{Server, binary};
use crate::{machine, wrk};
use anyhow::{Context, Result};

/// Everything that was measured, in order.
#[derive(Default)]
pub(super) struct Report(Vec<(usize, Slot, Measured)>);

/// Prints what is measured, and on what.
pub(super) fn machine(server: &Server, asked: &Bids) -> Result<()> {
    machine::print(server.folder().context("a site has a folder")?)?;
    let site = machine::said(binary()?.to_str().unwrap_or_default(), &["--version".as_ref()]);
    let commit = machine::said("git", &["describe".as_ref(), "--always".as_ref(), "--dirty".as_ref()]);
    println!("{} ({site}), tree {commit}, {}", binary()?.display(), wrk::version());
    println!(
        "{} connections, {} rounds of {} s after {} s of warm-up; a bid is answered after its commit \
         (SQLite, WAL, synchronous=FULL)\n",
        asked.connections, asked.rounds, asked.seconds, asked.warm_up
    );
    Ok(())
}

/// One measurement in one line.
pub(super) fn line(round: usize, slot: Slot, measured: &Measured) -> String {
    let Measured { p50, p99, others, .. } = measured;
    let (word, accepted) = (slot.word(), share_accepted(measured) * 100.0);
    let per_second = measured.accepted_per_second();
    let others = others * 100.0;
    format!(
        "round {round} {word:8} {per_second:7.0}/s {accepted:5.1} % accepted, p50 {p50:.2} ms, p99 {p99:.2} ms, \
         others used {others:.0} % of the machine"
    )
}

impl Report {
    pub(super) fn add(&mut self, round: usize, slot: Slot, measured: Measured) {
        self.0.push((round, slot, measured));
    }

    pub(super) fn print(&self) {
        figures::print(self);
        println!();
        ratios::print(self);
    }

    fn of(&self, slot: Slot) -> impl Iterator<Item = &Measured> {
        self.0.iter().filter(move |(_, other, _)| *other == slot).map(|(_, _, measured)| measured)
    }
}

fn share_accepted(measured: &Measured) -> f64 {
    measured.accepted as f64 / measured.answers()
}
