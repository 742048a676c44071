//! Ours by the others, neighbours of the same round.

use super::Report;
use crate::hub::slot::Slot;
use crate::median::Median;
use crate::table::Table;

const PEERS: [Slot; 4] = [Slot::Nats, Slot::NatsAlways, Slot::RabbitMq, Slot::Mosquitto];

/// Prints a row for each pair.
pub(super) fn print(report: &Report) {
    let mut table = Table::new(["messages/s, ours / theirs", "by round", "median"]);
    for ours in [Slot::One, Slot::Many] {
        for peer in PEERS {
            let ratios = ratios(report, ours, peer);
            if !ratios.is_empty() {
                let name = format!("{} / {}", ours.word(), peer.word());
                let by_round: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
                table.row([name, by_round.join(" "), format!("{:.2}", Median::of(ratios).middle)]);
            }
        }
    }
    if !table.is_empty() {
        println!();
        table.print();
    }
}

fn ratios(report: &Report, ours: Slot, peer: Slot) -> Vec<f64> {
    let rate = |round, slot| report.in_round(round, slot).map(|measured| measured.per_second);
    (1..=report.rounds()).filter_map(|round| Some(rate(round, ours)? / rate(round, peer)?)).collect()
}
