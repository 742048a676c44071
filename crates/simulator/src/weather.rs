//! Whole stories: a random town, plenty of trouble, and then peace.

use crate::Town;
use crate::chance::Chance;
use crate::hub_in_town::HubNo;
use crate::town::Trouble;
use crate::truth;
use hub::{Join, NodeSettings, Span, StreamId};
use std::collections::BTreeSet;

/// What a story came to.
#[derive(Clone, Debug)]
pub struct Ending {
    /// What should have held and did not.
    pub wrong: Vec<String>,
    /// The whole story.
    pub hash: String,
    /// Things that happened.
    pub lines: u64,
    /// Messages that were taken.
    pub taken: usize,
}

/// Everybody lets everybody link.
pub fn open_settings() -> NodeSettings {
    NodeSettings { join: Join::Open, ..NodeSettings::default() }
}

/// Each hub dials up to `most` of those before it, so that the town hangs together.
pub fn random_upstreams(most: u64) -> impl FnMut(HubNo, &mut Chance) -> Vec<HubNo> {
    move |hub, chance| {
        let count = if hub == 0 { 0 } else { chance.between(1, most) };
        (0..count).map(|_| chance.below(hub as u64) as usize).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// A story of plenty of trouble under one seed. `minutes` of it, then ten of peace.
pub fn stormy(seed: u64, minutes: u64, aloud: bool) -> Ending {
    let mut chance = Chance::of(seed ^ 0x5eed);
    let count = chance.between(2, 12) as usize;
    let upstreams = random_upstreams(chance.between(1, 3));
    let mut town = Town::new(seed, count, &open_settings(), Trouble::plenty(), upstreams);
    town.story.aloud = aloud;
    let mut wrong = Vec::new();
    let mut lost = BTreeSet::new();
    for second in 0..minutes * 60 {
        for _ in 0..chance.below(4) {
            let hub = chance.below(count as u64) as usize;
            town.post(hub, &format!("message of second {second}"));
        }
        happen(&mut town, &mut chance, &mut lost);
        town.run(Span::seconds(1));
        if second % 10 == 0 {
            wrong.extend(truth::always(&town));
        }
        if !wrong.is_empty() {
            break;
        }
    }
    peace(&mut town);
    Ending::of(town, &lost, wrong)
}

/// Ten minutes in which everything heals.
pub(crate) fn peace(town: &mut Town) {
    for _ in 0..20 {
        town.heal();
        town.run(Span::seconds(30));
    }
}

impl Ending {
    /// What a story came to after its peace. `lost`: what need not be everywhere.
    pub(crate) fn of(mut town: Town, lost: &BTreeSet<(StreamId, u64)>, mut wrong: Vec<String>) -> Ending {
        wrong.extend(truth::in_the_end(&town, lost));
        wrong.extend(truth::all_is_quiet(&mut town));
        let taken = town.posts.iter().map(|posts| posts.taken.len()).sum();
        Ending { wrong, hash: town.story.hash(), lines: town.story.lines(), taken }
    }
}

/// Something goes wrong, or is mended.
fn happen(town: &mut Town, chance: &mut Chance, lost: &mut BTreeSet<(StreamId, u64)>) {
    let hub = chance.below(town.hubs.len() as u64) as usize;
    let other = chance.below(town.hubs.len() as u64) as usize;
    match chance.below(100) {
        0..4 => {
            town.crash(hub);
            town.start_later(hub, Span::milliseconds(chance.between(10, 60_000)));
        }
        4..6 => town.part(hub, other),
        6..8 => town.heal_ways(),
        8..10 => town.back_up(hub),
        10 => restore(town, hub, lost),
        11 => town.hubs[hub].clock_is_ahead = chance.between(0, 4_000_000) as i64 - 2_000_000,
        _ => {}
    }
}

/// An older copy of a disk: what only this hub had is lost with it.
pub(crate) fn restore(town: &mut Town, hub: HubNo, lost: &mut BTreeSet<(StreamId, u64)>) {
    let before: BTreeSet<_> =
        town.hubs[hub].disk.shown.iter().map(|found| (found.stream(), found.number())).collect();
    town.restore(hub);
    let others: BTreeSet<_> = town
        .hubs
        .iter()
        .flat_map(|found| found.disk.shown.iter())
        .map(|found| (found.stream(), found.number()))
        .collect();
    lost.extend(before.difference(&others));
    town.start_later(hub, Span::seconds(1));
}
