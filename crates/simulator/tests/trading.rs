//! Sites that trade: what must hold in every run.
#![allow(clippy::print_stdout, missing_docs)]

use simulator::sites::{Ending, traded};

fn told(seed: u64) -> Ending {
    let ending = traded(seed, false, false);
    assert!(ending.wrong.is_empty(), "seed {seed}: {:#?}", ending.wrong);
    ending
}

/// `cargo run --release -p simulator -- --sites --seeds 1000` tells more of them in a night.
#[test]
fn whatever_goes_wrong_all_sites_hold_the_same_in_the_end() {
    let bids: usize = (1..=10).map(|seed| told(seed).bids).sum();
    println!("10 stories: {bids} bids were answered with yes");
    assert!(bids > 100, "{bids}");
}

#[test]
fn a_site_that_is_lost_comes_back_from_an_old_copy_and_from_its_neighbours() {
    let ending = |seed| traded(seed, true, false);
    for seed in 1..=5 {
        let Ending { wrong, .. } = ending(seed);
        assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
    }
}

#[test]
fn the_same_seed_tells_the_same_story() {
    for seed in [7, 8] {
        let [one, other] = [told(seed), told(seed)];
        assert_eq!((one.hash, one.lines), (other.hash, other.lines));
    }
    assert_ne!(told(7).hash, told(8).hash);
}
