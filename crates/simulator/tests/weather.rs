//! Whole stories of trouble: what must hold in every run.
#![allow(clippy::print_stdout, missing_docs)]

use simulator::weather::{Ending, stormy};

fn told(seed: u64, minutes: u64) -> Ending {
    let ending = stormy(seed, minutes, false);
    assert!(ending.wrong.is_empty(), "seed {seed}: {:#?}", ending.wrong);
    ending
}

/// `cargo run --release -p simulator -- --seeds 10000` tells more of them in a night.
#[test]
fn whatever_goes_wrong_everybody_has_everything_in_the_end() {
    let endings: Vec<Ending> = (1..=200).map(|seed| told(seed, 3)).collect();
    let taken: usize = endings.iter().map(|ending| ending.taken).sum();
    println!("200 stories of three minutes, default limits: {taken} messages");
    assert!(taken > 20_000, "{taken}");
}

#[test]
fn the_same_seed_tells_the_same_story() {
    for seed in [7, 8, 9] {
        let [one, other] = [told(seed, 2), told(seed, 2)];
        assert_eq!((one.hash, one.lines), (other.hash, other.lines));
    }
    assert_ne!(told(7, 2).hash, told(8, 2).hash);
}

/// Something waited to be sent to a neighbour that got it another way meanwhile. So it was not sent, and it was not told
/// either that it is there: the neighbour believed for good that it is lacking.
#[test]
fn seed_26_what_need_not_be_sent_any_more_is_told() {
    told(26, 3);
}

/// A number was committed between the account that a new link was given and the answer to it. It was kept back for the
/// answer; the answer was that it is not wanted on this link; and nobody was told that it is there.
#[test]
fn seed_316_what_was_kept_back_for_an_answer_is_told_when_the_answer_is_no() {
    for seed in [111, 289, 316] {
        told(seed, 5);
    }
}
