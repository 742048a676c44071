//! How well messages spread through sixty hubs.
#![allow(clippy::print_stdout)]

use simulator::spreading::{Spread, sixty};

fn both(seed: u64, upstreams: usize, does_best_die: bool) -> (Spread, Spread) {
    let found = [true, false].map(|flood| sixty(seed, upstreams, flood, does_best_die));
    println!("{upstreams} upstreams, seed {seed}: flood {:?}, tree {:?}", found[0], found[1]);
    (found[0], found[1])
}

#[test]
fn hardly_more_than_one_copy_comes_and_no_later_than_by_flooding() {
    for (seed, upstreams) in [(1, 2), (2, 3)] {
        let (flood, tree) = both(seed, upstreams, false);
        assert_eq!((flood.missing, tree.missing), (0, 0));
        assert!(flood.copies > 1.4, "there is something to save: {flood:?}");
        assert!(tree.copies <= 1.15, "{tree:?}");
        assert!(tree.median_delay * 10 <= flood.median_delay * 11, "{tree:?} beside {flood:?}");
    }
}

#[test]
fn nothing_is_lost_when_the_best_connected_hub_dies() {
    for (seed, upstreams) in [(3, 2), (4, 3)] {
        let (_, tree) = both(seed, upstreams, true);
        assert_eq!(tree.missing, 0, "{tree:?}");
    }
}
