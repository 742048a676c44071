//! What was measured of each thing.

use super::Report;
use crate::hub::measure::Measured;
use crate::hub::slot::{Slot, rows};
use crate::median::Median;
use crate::table::Table;

/// Prints a row for each thing, all in medians of the rounds.
pub(super) fn print(report: &Report) {
    let mut table = Table::new([
        "median (min..max)",
        "messages/s",
        "p50 ms at 100/s",
        "p99 ms at 100/s",
        "µs a message: client",
        "server A",
        "server B",
        "others %",
        "what an answer promises",
    ]);
    for slot in rows().into_iter().filter(|slot| report.of(*slot).next().is_some()) {
        table.row(row(report, slot));
    }
    table.print();
}

fn row(report: &Report, slot: Slot) -> [String; 9] {
    let median = |pick: fn(&Measured) -> f64| Median::of(report.of(slot).map(pick));
    let latency = |pick: fn((f64, f64)) -> f64| {
        let found: Vec<f64> = report.of(slot).filter_map(|measured| measured.latency).map(pick).collect();
        if found.is_empty() { String::new() } else { Median::of(found).show(2) }
    };
    [
        slot.says().to_owned(),
        median(|found| found.per_second).show(0),
        latency(|(p50, _)| p50),
        latency(|(_, p99)| p99),
        format!("{:.1}", median(|found| found.client).middle),
        format!("{:.1}", median(|found| found.servers[0]).middle),
        format!("{:.1}", median(|found| found.servers[1]).middle),
        median(|found| found.others * 100.0).show(0),
        slot.promise().to_owned(),
    ]
}
