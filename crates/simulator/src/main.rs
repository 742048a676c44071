//! `cargo run --release -p simulator -- --seeds N [--from S] [--minutes M | --days D] [--aloud]`: stories of trouble, one
//! after the other; of minutes, or of days in which logs let go.
#![allow(clippy::print_stdout, reason = "it reports")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str, default: u64| {
        let place = arguments.iter().position(|argument| argument == name);
        place.and_then(|place| arguments.get(place + 1)?.parse().ok()).unwrap_or(default)
    };
    let (from, seeds, minutes) = (number("--from", 1), number("--seeds", 10), number("--minutes", 5));
    let days = number("--days", 0);
    let aloud = arguments.iter().any(|argument| argument == "--aloud");
    let mut failed = 0;
    for seed in from..from + seeds {
        let ending = match days {
            0 => simulator::weather::stormy(seed, minutes, aloud),
            days => simulator::weeks::long(seed, days, aloud),
        };
        let verdict = if ending.wrong.is_empty() { "holds" } else { "BROKEN" };
        println!(
            "seed {seed}: {verdict}; {} messages, {} things happened, {}",
            ending.taken,
            ending.lines,
            &ending.hash[..12]
        );
        for wrong in ending.wrong.iter().take(5) {
            println!("    {wrong}");
        }
        failed += u64::from(!ending.wrong.is_empty());
    }
    println!("{} of {seeds} stories hold", seeds - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
