//! The tables.

mod figures;
mod goals;
mod ratios;

use super::measure::Measured;
use super::memory::Look;
use super::slot::Slot;
use crate::table::Table;

/// Everything that was measured, in order.
#[derive(Default)]
pub(super) struct Report {
    found: Vec<(usize, Slot, Measured)>,
    pub(super) memory: Option<[Look; 3]>,
}

/// One measurement in one line.
pub(super) fn line(round: usize, slot: Slot, measured: &Measured) -> String {
    let Measured { per_second, others, .. } = measured;
    let (word, others) = (slot.word(), others * 100.0);
    let latency = measured
        .latency
        .map_or(String::new(), |(p50, p99)| format!(", at 100/s p50 {p50:.2} ms, p99 {p99:.2} ms"));
    format!("round {round} {word:11} {per_second:7.0}/s, others used {others:.0} % of the machine{latency}")
}

impl Report {
    pub(super) fn add(&mut self, round: usize, slot: Slot, measured: Measured) {
        self.found.push((round, slot, measured));
    }

    pub(super) fn print(&self) {
        if !self.found.is_empty() {
            println!();
            figures::print(self);
            ratios::print(self);
            goals::print(self);
        }
        if let Some(looks) = &self.memory {
            println!();
            print_memory(looks);
        }
    }

    fn of(&self, slot: Slot) -> impl Iterator<Item = &Measured> {
        self.found.iter().filter(move |(_, other, _)| *other == slot).map(|(_, _, measured)| measured)
    }

    fn in_round(&self, round: usize, slot: Slot) -> Option<&Measured> {
        let found = self.found.iter().find(|(other, which, _)| (*other, *which) == (round, slot));
        found.map(|(_, _, measured)| measured)
    }

    fn rounds(&self) -> usize {
        self.found.iter().map(|(round, ..)| *round).max().unwrap_or(0)
    }
}

fn print_memory(looks: &[Look; 3]) {
    let mut table = Table::new([
        "memory of hub B",
        "messages seen",
        "envelopes in its log",
        "VmRSS, MiB",
        "RssAnon, MiB",
    ]);
    for (when, look) in ["idle", "warm", "a million messages later"].into_iter().zip(looks) {
        let Look { messages, envelopes, resident, own } = look;
        table.row([
            when.to_owned(),
            messages.to_string(),
            envelopes.to_string(),
            format!("{resident:.1}"),
            format!("{own:.1}"),
        ]);
    }
    table.print();
}
