//! Stories of weeks: hubs that are away for days, logs that let go of what is old, epochs that are forgotten.

use crate::Town;
use crate::chance::Chance;
use crate::hub_in_town::HubNo;
use crate::town::Trouble;
use crate::truth;
use crate::weather::{Ending, open_settings, peace, random_upstreams, restore};
use hub::{NodeSettings, Span, StreamId};
use std::collections::BTreeSet;

/// The least that a log keeps.
const RETENTION: Span = Span::hours(48);

/// Something may happen this often.
const STEP: Span = Span::minutes(15);

/// A story of so many days under one seed, and then ten minutes of peace: what is younger than the retention is
/// everywhere, and nothing comes again of what is older.
pub fn long(seed: u64, days: u64, aloud: bool) -> Ending {
    let mut chance = Chance::of(seed ^ 0xdae5);
    let count = chance.between(2, 8) as usize;
    let upstreams = random_upstreams(chance.between(1, 3));
    let settings = NodeSettings { retention: RETENTION, ..open_settings() };
    let mut town = Town::new(seed, count, &settings, Trouble::plenty(), upstreams);
    town.story.aloud = aloud;
    let (mut wrong, mut lost) = (Vec::new(), BTreeSet::new());
    // Some post often, some once a week.
    let posts: Vec<u64> = (0..count).map(|_| [300, 30, 3, 1][chance.below(4) as usize]).collect();
    for step in 0..days * Span::days(1).0 / STEP.0 {
        for (hub, often) in posts.iter().enumerate() {
            if chance.in_thousand(*often) {
                town.post(hub, &format!("message of step {step}"));
            }
        }
        happen(&mut town, &mut chance, &mut lost);
        town.run(STEP);
        if step % 16 == 0 {
            wrong.extend(truth::always(&town));
        }
        if !wrong.is_empty() {
            break;
        }
    }
    need_not_be_there(&town, &mut lost);
    peace(&mut town);
    Ending::of(town, &lost, wrong)
}

/// Something goes wrong or is mended, and logs let go.
fn happen(town: &mut Town, chance: &mut Chance, lost: &mut BTreeSet<(StreamId, u64)>) {
    let hub = chance.below(town.hubs.len() as u64) as usize;
    let other = chance.below(town.hubs.len() as u64) as usize;
    match chance.below(200) {
        0..8 => {
            town.crash(hub);
            town.start_later(hub, Span::minutes(chance.between(1, 60)));
        }
        8 => {
            town.crash(hub);
            town.start_later(hub, Span::hours(chance.between(1, 72)));
        }
        9..12 => town.part(hub, other),
        12..16 => town.heal_ways(),
        16 => town.back_up(hub),
        17 => restore(town, hub, lost),
        18 => town.hubs[hub].clock_is_ahead = chance.between(0, 4_000_000) as i64 - 2_000_000,
        19..60 => trim(town, hub),
        _ => {}
    }
}

/// A hub that runs lets go of what is past its retention.
fn trim(town: &mut Town, hub: HubNo) {
    if town.hubs[hub].node.is_some() {
        let before = town.hubs[hub].clock(town.now) - RETENTION;
        town.trim(hub, before);
    }
}

/// What is nearly as old as the retention may be gone before everybody has it.
fn need_not_be_there(town: &Town, lost: &mut BTreeSet<(StreamId, u64)>) {
    let young = town.now - RETENTION + Span::hours(1);
    let posted = town.posts.iter().flat_map(|posts| posts.taken.values());
    lost.extend(posted.filter(|(at, _)| *at < young).map(|(_, posted)| (posted.stream, posted.number)));
}
