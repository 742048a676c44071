//! `cargo run --release -p simulator -- --seeds N [--from S] [--minutes M | --days D] [--aloud]`: stories of trouble, one
//! after the other; of minutes, or of days in which logs let go. With `--sites [--losses]`, of sites that trade instead of
//! hubs; with losses some come back from an old copy.
#![allow(clippy::print_stdout, reason = "it reports")]

use simulator::sites::{Ending, Losses};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str, default: u64| {
        let place = arguments.iter().position(|argument| argument == name);
        place.and_then(|place| arguments.get(place + 1)?.parse().ok()).unwrap_or(default)
    };
    let (from, seeds, minutes) = (number("--from", 1), number("--seeds", 10), number("--minutes", 5));
    let days = number("--days", 0);
    let said = |name: &str| arguments.iter().any(|argument| argument == name);
    let aloud = said("--aloud");
    let losses = Losses { crashes: true, disks: said("--losses") };
    let mut failed = 0;
    for seed in from..from + seeds {
        let (wrong, happened) = if said("--sites") {
            let Ending { bids, lines, hash, wrong } = simulator::sites::traded(seed, losses, aloud);
            (wrong, format!("{bids} bids, {lines} things happened, {}", &hash[..12]))
        } else {
            let ending = match days {
                0 => simulator::weather::stormy(seed, minutes, aloud),
                days => simulator::weeks::long(seed, days, aloud),
            };
            let (taken, lines) = (ending.taken, ending.lines);
            (ending.wrong, format!("{taken} messages, {lines} things happened, {}", &ending.hash[..12]))
        };
        println!("seed {seed}: {}; {happened}", if wrong.is_empty() { "holds" } else { "BROKEN" });
        wrong.iter().take(5).for_each(|wrong| println!("    {wrong}"));
        failed += u64::from(!wrong.is_empty());
    }
    println!("{} of {seeds} stories hold", seeds - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
