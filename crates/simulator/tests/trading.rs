//! Sites that trade: what must hold in every run.
#![allow(clippy::print_stdout, missing_docs)]

use simulator::sites::{Ending, Losses, traded};

fn told(seed: u64, losses: Losses) -> Ending {
    let ending = traded(seed, losses, false);
    assert!(ending.wrong.is_empty(), "seed {seed}: {:#?}", ending.wrong);
    ending
}

/// `cargo run --release -p simulator -- --sites --seeds 1000` tells more of them in a night.
#[test]
fn whatever_goes_wrong_all_sites_hold_the_same_in_the_end() {
    let bids: usize = (1..=6).map(|seed| told(seed, Losses { crashes: true, disks: false }).bids).sum();
    println!("6 stories: {bids} bids were answered with yes");
    assert!(bids > 100, "{bids}");
}

#[test]
fn a_site_that_is_lost_comes_back_from_an_old_copy_and_from_its_neighbours() {
    for seed in 1..=5 {
        told(seed, Losses { crashes: true, disks: true });
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let quiet = Losses { crashes: false, disks: true };
    for seed in [7, 8] {
        let [one, other] = [told(seed, quiet), told(seed, quiet)];
        assert_eq!((one.hash, one.lines), (other.hash, other.lines));
    }
}
