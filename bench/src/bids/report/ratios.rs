//! One thing as a share of another, round by round: this is what survives a busy machine.

use super::Report;
use crate::bids::slot::Slot;
use crate::load::Measured;
use crate::median::Median;
use crate::table::Table;

/// What is compared with what, at which rate, and what is wanted of it.
struct Pair {
    name: &'static str,
    what: (Slot, Rate),
    of: Slot,
    wanted: &'static str,
}

type Rate = fn(&Measured) -> f64;

const ACCEPTED: Rate = Measured::accepted_per_second;
const ANSWERED: Rate = Measured::answers_per_second;

const PAIRS: [Pair; 5] = [
    Pair::new("100 auctions / trivial", (Slot::Spread, ACCEPTED), Slot::Trivial, "0.40"),
    Pair::new("one auction / trivial", (Slot::One, ACCEPTED), Slot::Trivial, "0.40"),
    // A refused bid is an entry on disk like any other.
    Pair::new("one auction, refused bids too / trivial", (Slot::One, ANSWERED), Slot::Trivial, ""),
    Pair::new("trivial / ten-line server", (Slot::Trivial, ACCEPTED), Slot::Plain, "0.90"),
    Pair::new("trivial by our client / by wrk", (Slot::Trivial, ACCEPTED), Slot::Wrk, ""),
];

impl Pair {
    const fn new(name: &'static str, what: (Slot, Rate), of: Slot, wanted: &'static str) -> Pair {
        Pair { name, what, of, wanted }
    }

    /// The trivial handler has two turns in a round: the nearer one counts.
    fn ratios(&self, report: &Report) -> Vec<f64> {
        let rounds = 1..=report.0.last().map_or(0, |(round, _, _)| *round);
        let pairs = rounds.filter_map(|round| nearest(report, round, self.what.0, self.of));
        pairs.map(|(what, of)| (self.what.1)(what) / ACCEPTED(of)).collect()
    }
}

/// Prints a row for each pair.
pub(super) fn print(report: &Report) {
    let mut table = Table::new(["ratio", "by round", "median", "wanted"]);
    for pair in PAIRS {
        let ratios = pair.ratios(report);
        if !ratios.is_empty() {
            let rounds: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.3}")).collect();
            let median = format!("{:.3}", Median::of(ratios).middle);
            table.row([pair.name.to_owned(), rounds.join(" "), median, pair.wanted.to_owned()]);
        }
    }
    table.print();
}

/// The pair of a round that was measured with the least in between.
fn nearest(report: &Report, round: usize, what: Slot, of: Slot) -> Option<(&Measured, &Measured)> {
    let places = |slot: Slot| {
        let all = report.0.iter().enumerate();
        all.filter(move |(_, found)| found.0 == round && found.1 == slot).map(|(place, _)| place)
    };
    let pairs = places(what).flat_map(|what| places(of).map(move |of| (what, of)));
    let (what, of) = pairs.min_by_key(|(what, of)| what.abs_diff(*of))?;
    Some((&report.0[what].2, &report.0[of].2))
}
