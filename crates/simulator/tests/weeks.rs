//! Weeks of trouble: what must hold when logs let go and epochs are forgotten.
#![allow(clippy::print_stdout, missing_docs)]

use simulator::weather::Ending;
use simulator::weeks::long;

fn told(seed: u64, days: u64) -> Ending {
    let ending = long(seed, days, false);
    assert!(ending.wrong.is_empty(), "seed {seed}: {:#?}", ending.wrong);
    ending
}

/// `cargo run --release -p simulator -- --seeds 10000 --days 14` tells more of them in a night.
#[test]
fn for_days_everybody_has_what_is_kept_and_nothing_twice() {
    let endings: Vec<Ending> = (1..=14).map(|seed| told(seed, 7)).collect();
    let taken: usize = endings.iter().map(|ending| ending.taken).sum();
    println!("14 stories of a week, default limits, 48 h of retention: {taken} messages");
    assert!(taken > 2_000, "{taken}");
}

/// A hub had forgotten a stream, and then had less of it than its neighbour remembered: nobody skipped what was gone for
/// good, and what came after it was never shown.
#[test]
fn seed_40_who_forgets_a_stream_is_told_again_what_is_gone() {
    told(40, 14);
}

/// A hub gave up a number that a neighbour waited for, told that it had settled it, and did not skip it: the neighbour went
/// on waiting, and showed nothing that came after it.
#[test]
fn seed_12_what_is_given_up_late_is_skipped_for_who_waits_for_it() {
    told(12, 14);
}

/// One neighbour had skipped what another still claimed to have. When that one had forgotten it, nobody looked again.
#[test]
fn seed_22_what_nobody_claims_any_more_is_given_up() {
    told(22, 7);
}

#[test]
fn the_same_seed_tells_the_same_weeks() {
    let [one, other] = [told(7, 5), told(7, 5)];
    assert_eq!((one.hash, one.lines), (other.hash, other.lines));
}
