//! What is wanted of our hubs, on two processors that publisher, both hubs and consumer share.

use super::Report;
use crate::hub::slot::Slot;
use crate::median::Median;
use crate::table::Table;

/// Prints what was wanted beside what was measured.
pub(super) fn print(report: &Report) {
    let rates = |slot| report.of(slot).map(|measured| measured.per_second).collect::<Vec<_>>();
    let p50s = report.of(Slot::One).filter_map(|measured| Some(measured.latency?.0)).collect();
    let mut table = Table::new(["our hubs", "measured", "wanted"]);
    for (what, found, decimals, wanted) in [
        ("one busy origin, messages/s", rates(Slot::One), 0, "40000"),
        ("64 origins, one message an envelope, messages/s", rates(Slot::Many), 0, "10000"),
        ("p50 at 100/s, two commits, ms", p50s, 2, "below 1.50"),
    ] {
        if !found.is_empty() {
            table.row([what.to_owned(), Median::of(found).show(decimals), wanted.to_owned()]);
        }
    }
    if !table.is_empty() {
        println!();
        table.print();
    }
}
