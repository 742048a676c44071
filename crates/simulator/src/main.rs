//! `cargo run --release -p simulator -- --seeds N [--from S] [--minutes M] [--aloud]`: stories of trouble, one after the other.
//! With `--sites`, of sites that trade instead of hubs.
#![allow(clippy::print_stdout, reason = "it reports")]

use simulator::sites::Ending;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str, default: u64| {
        let place = arguments.iter().position(|argument| argument == name);
        place.and_then(|place| arguments.get(place + 1)?.parse().ok()).unwrap_or(default)
    };
    let (from, seeds, minutes) = (number("--from", 1), number("--seeds", 10), number("--minutes", 5));
    let said = |name: &str| arguments.iter().any(|argument| argument == name);
    let aloud = said("--aloud");
    let mut failed = 0;
    for seed in from..from + seeds {
        let (wrong, happened) = if said("--sites") {
            let ending = simulator::sites::traded(seed, false, aloud);
            let Ending { bids, lines, hash, wrong } = ending;
            (wrong, format!("{bids} bids, {lines} things happened, {}", &hash[..12]))
        } else {
            let ending = simulator::weather::stormy(seed, minutes, aloud);
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
