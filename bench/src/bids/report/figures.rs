//! What was measured of each thing.

use super::{Report, share_accepted};
use crate::bids::slot::{Slot, all};
use crate::load::Measured;
use crate::median::Median;
use crate::process::Cpu;
use crate::table::Table;

/// Prints a row for each thing, all in medians of the rounds.
pub(super) fn print(report: &Report) {
    let mut table = Table::new([
        "median (min..max)",
        "accepted/s",
        "accepted %",
        "p50 ms",
        "p99 ms",
        "client µs user + sys",
        "server µs user + sys",
        "others %",
    ]);
    for slot in all().filter(|slot| report.of(*slot).next().is_some()) {
        table.row(row(report, slot));
    }
    table.print();
}

fn row(report: &Report, slot: Slot) -> [String; 8] {
    let median = |pick: fn(&Measured) -> f64| Median::of(report.of(slot).map(pick));
    [
        slot.says().to_owned(),
        median(Measured::accepted_per_second).show(0),
        median(|found| share_accepted(found) * 100.0).show(1),
        median(|found| found.p50).show(2),
        median(|found| found.p99).show(2),
        each(report, slot, |found| found.client),
        each(report, slot, |found| found.server),
        median(|found| found.others * 100.0).show(0),
    ]
}

/// Processor time of an answer, in microseconds.
fn each(report: &Report, slot: Slot, whose: fn(&Measured) -> Cpu) -> String {
    let median = |pick: fn(Cpu) -> f64| {
        let micros = |found: &Measured| pick(whose(found)) * 1e6 / found.answers();
        Median::of(report.of(slot).map(micros)).middle
    };
    format!("{:.1} + {:.1}", median(|cpu| cpu.user), median(|cpu| cpu.kernel))
}
