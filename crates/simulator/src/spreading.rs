//! How well messages spread: copies, delay, and what happens when the best-connected hub dies.

use crate::Town;
use crate::chance::Chance;
use crate::hub_in_town::HubNo;
use crate::town::Trouble;
use crate::weather::open_settings;
use hub::{NodeSettings, Span, Time};
use std::collections::BTreeSet;

/// What came of a story.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// Envelopes that came to a hub, for each one that was new there. After warm-up.
    pub copies: f64,
    /// Between the commit at the origin and the commit at the others, microseconds.
    pub median_delay: u64,
    /// Of what was posted after warm-up, so much is missing somewhere.
    pub missing: usize,
}

/// Ten new origins a minute are taken, so that all sixty are known everywhere after so long.
const WARM_UP_SECONDS: usize = 600;

/// 60 hubs, each dialling `upstreams` of those before it; a warm-up in which each hub posts, then a minute that counts.
pub fn sixty(seed: u64, upstreams: usize, flood: bool, does_best_die: bool) -> Spread {
    let settings = NodeSettings { flood, ..open_settings() };
    let mut town = Town::new(seed, 60, &settings, Trouble::default(), exactly(upstreams));
    for second in 0..WARM_UP_SECONDS {
        post_every(&mut town, second, 15);
    }
    town.run(Span::seconds(5));
    let begun = town.now;
    let before: Vec<_> = (0..60).map(|hub| town.traffic(hub)).collect();
    for second in 0..60 {
        if does_best_die && second == 20 {
            let best = (0..60).max_by_key(|hub| town.hubs[*hub].links.len()).unwrap_or(0);
            town.crash(best);
        }
        post_every(&mut town, second, 6);
    }
    town.run(Span::seconds(60));
    let mut sums = (0, 0);
    for (hub, before) in before.iter().enumerate() {
        let after = town.traffic(hub);
        sums.0 += after.new - before.new;
        sums.1 += after.duplicate - before.duplicate;
    }
    let (median_delay, missing) = delays(&town, begun);
    Spread { copies: (sums.0 + sums.1) as f64 / sums.0.max(1) as f64, median_delay, missing }
}

fn exactly(upstreams: usize) -> impl FnMut(HubNo, &mut Chance) -> Vec<HubNo> {
    move |hub, chance| {
        let mut all = BTreeSet::new();
        while all.len() < upstreams.min(hub) {
            all.insert(chance.below(hub as u64) as usize);
        }
        all.into_iter().collect()
    }
}

/// A second in which every so manieth hub posts.
fn post_every(town: &mut Town, second: usize, every: usize) {
    for hub in (0..60).filter(|hub| (hub + second).is_multiple_of(every)) {
        town.post(hub, "news");
    }
    town.run(Span::seconds(1));
}

fn delays(town: &Town, begun: Time) -> (u64, usize) {
    let (mut delays, mut missing) = (Vec::new(), 0);
    let alive: Vec<usize> = (0..town.hubs.len()).filter(|hub| town.hubs[*hub].node.is_some()).collect();
    for (origin, posts) in town.posts.iter().enumerate() {
        for (at, posted) in posts.taken.values().filter(|(at, _)| *at >= begun) {
            for hub in alive.iter().filter(|hub| **hub != origin) {
                match town.shown_at.get(&(*hub, posted.stream, posted.number)) {
                    Some(shown) => delays.push(shown.since(*at).0),
                    None => missing += 1,
                }
            }
        }
    }
    delays.sort_unstable();
    (delays.get(delays.len() / 2).copied().unwrap_or(0), missing)
}
