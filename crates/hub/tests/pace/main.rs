//! What a neighbour that takes nothing costs the others. Alone in its process, because it measures.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "it measures")]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../links/raw.rs"]
mod raw;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../links/scene.rs"]
mod scene;

use hub::{Frame, Have};
use raw::Raw;
use scene::{Served, key, serve, until};
use std::time::{Duration, Instant};

/// Rounds of each kind, which take turns.
const ROUNDS: usize = 9;
const MESSAGES: usize = 200;
/// More than the window of the stalled reader, so that nothing more can be sent to it.
const TO_FILL_IT: usize = 150;
/// On a machine that others use as well one measurement may be out of luck.
const MEASUREMENTS: usize = 3;

struct Pair {
    served: Served,
    reader: Served,
}

impl Pair {
    async fn new() -> Pair {
        let served = serve(1, |settings| settings.node.limits = None).await;
        let url = served.url();
        let reader = serve(2, |settings| {
            settings.node.limits = None;
            settings.upstreams = vec![url.parse().unwrap()];
        })
        .await;
        Pair { served, reader }
    }

    async fn pass(&self) -> Duration {
        let begun = Instant::now();
        self.served.post("x").await;
        let place = *self.served.hub.news().borrow();
        self.reader.hub.news().wait_for(|news| *news >= place).await.unwrap();
        begun.elapsed()
    }

    /// The 99th percentile from the post to the log of the reader.
    async fn round(&self) -> Duration {
        let mut times = Vec::new();
        for _ in 0..MESSAGES {
            times.push(self.pass().await);
        }
        times.sort();
        times[(MESSAGES - 1) * 99 / 100]
    }

    /// Somebody links who has nothing and wants everything.
    async fn neighbour(&self) -> Raw {
        self.served.hub.approve(key(9).public()).unwrap();
        let mut raw = Raw::link(&self.served, &key(9)).await;
        raw.say(&Frame::Have(Have { complete: true, entries: Vec::new() })).await;
        until(async || self.served.linked().await.len() == 2).await;
        raw
    }

    /// It is gone, and nothing is kept for it any more: the next round is alone.
    async fn forget(&self) {
        self.served.hub.block(key(9).public()).unwrap();
        until(async || self.served.linked().await.len() == 1 && self.served.waits_for_nothing().await).await;
    }

    /// The same beside a neighbour that is linked, and reads nothing.
    async fn round_beside_a_stalled_reader(&self) -> Duration {
        let stalled = self.neighbour().await;
        for _ in 0..TO_FILL_IT {
            self.pass().await;
        }
        let time = self.round().await;
        assert_eq!(self.served.linked().await.len(), 2);
        drop(stalled);
        self.forget().await;
        time
    }

    /// The same beside a neighbour that is gone: all that is posted waits for it.
    async fn round_beside_a_dead_neighbour(&self) -> Duration {
        drop(self.neighbour().await);
        until(async || self.served.linked().await.len() == 1).await;
        let time = self.round().await;
        assert!(!self.served.waits_for_nothing().await);
        self.forget().await;
        time
    }

    /// Medians of rounds that take turns: alone, beside a dead neighbour, and beside a stalled reader.
    async fn measure(&self) -> [Duration; 3] {
        let mut rounds = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            rounds[0].push(self.round().await);
            rounds[1].push(self.round_beside_a_dead_neighbour().await);
            rounds[2].push(self.round_beside_a_stalled_reader().await);
        }
        rounds.map(|mut rounds| {
            rounds.sort();
            rounds[ROUNDS / 2]
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_or_stalled_neighbour_makes_the_others_at_most_a_fifth_slower() {
    let pair = Pair::new().await;
    println!("limits of origins lifted, those of links are the defaults");
    pair.round().await;
    for _ in 0..MEASUREMENTS {
        let [alone, dead, stalled] = pair.measure().await;
        println!(
            "p99 of {MESSAGES}, median of {ROUNDS} rounds: alone {alone:?}, beside a dead neighbour {dead:?}, beside a stalled \
             reader {stalled:?}"
        );
        if dead.max(stalled) <= alone * 6 / 5 {
            return;
        }
    }
    panic!("who takes nothing slows the others");
}
