//! Days: neighbours that stay away, and logs that let go.
#![allow(clippy::unwrap_used, missing_docs)]

use hub::{Alarm, Input, Span, Standing};
use simulator::chance::Chance;
use simulator::hub_in_town::HubNo;
use simulator::town::{Town, Trouble};
use simulator::truth;
use simulator::weather::open_settings;
use std::collections::BTreeSet;

/// All dial the first one.
fn star(hub: HubNo, _: &mut Chance) -> Vec<HubNo> {
    if hub == 0 { Vec::new() } else { vec![0] }
}

fn town(seed: u64) -> Town {
    let mut town = Town::new(seed, 4, &open_settings(), Trouble::default(), star);
    town.run(Span::seconds(5));
    town
}

fn standing_of_last(town: &Town) -> Standing {
    let key = town.hubs[3].key.public();
    let node = town.hubs[0].node.as_ref().unwrap();
    node.neighbours().find(|neighbour| neighbour.key == key).unwrap().standing
}

fn nothing_is_wrong(town: &Town) {
    assert_eq!(truth::always(town), Vec::<String>::new());
}

#[test]
fn who_stays_away_for_a_day_is_given_up_and_served_again_when_he_is_back() {
    let mut town = town(1);
    town.crash(3);
    for hour in 0..30 {
        town.post(1, "news");
        town.run(Span::hours(1));
        nothing_is_wrong(&town);
        // 23 h 43 min give or take a fifth.
        if hour < 17 {
            assert_eq!(standing_of_last(&town), Standing::Active, "after {hour} h");
        }
    }
    assert_eq!(standing_of_last(&town), Standing::Inactive);
    let key = town.hubs[3].key.public();
    let deactivated = |alarm: &Alarm| matches!(alarm, Alarm::Deactivated(who) if *who == key);
    assert_eq!(town.alarms.iter().filter(|(_, alarm)| deactivated(alarm)).count(), 1);
    town.start(3);
    town.run(Span::minutes(5));
    assert_eq!(standing_of_last(&town), Standing::Active);
    assert_eq!(truth::in_the_end(&town, &BTreeSet::new()), Vec::<String>::new());
    let node = town.hubs[0].node.as_ref().unwrap();
    let counters = node.neighbours().find(|neighbour| neighbour.key == key).unwrap().counters;
    assert!(counters.discarded_deactivated > 0, "{counters:?}");
    assert_eq!(counters.recovered, counters.discarded_deactivated, "{counters:?}");
}

#[test]
fn a_late_joiner_gets_what_is_left_and_waits_for_nothing_that_is_gone() {
    let mut town = town(2);
    town.crash(3);
    for _ in 0..50 {
        town.post(1, "news");
        town.post(2, "news");
        town.run(Span::seconds(10));
    }
    // The first three have let go of the first sixty.
    for hub in 0..3 {
        for (stream, to) in town.hubs[hub].disk.trim(60) {
            town.give(hub, Input::Trimmed { stream, to });
        }
        nothing_is_wrong(&town);
    }
    town.start(3);
    town.run(Span::minutes(2));
    nothing_is_wrong(&town);
    assert_eq!(town.hubs[3].disk.shown.len(), 40, "what is left of a hundred");
    let newest = town.post(1, "and on");
    town.run(Span::seconds(5));
    let posted = town.posts[1].taken[&newest].1;
    assert!(town.shown_at.contains_key(&(3, posted.stream, posted.number)));
}

#[test]
fn what_its_log_lets_go_while_a_neighbour_is_away_is_counted_as_discarded() {
    let mut town = town(3);
    town.crash(3);
    for _ in 0..10 {
        town.post(1, "news");
        town.run(Span::seconds(10));
    }
    for (stream, to) in town.hubs[0].disk.trim(4) {
        town.give(0, Input::Trimmed { stream, to });
    }
    nothing_is_wrong(&town);
    let key = town.hubs[3].key.public();
    let node = town.hubs[0].node.as_ref().unwrap();
    let neighbour = node.neighbours().find(|neighbour| neighbour.key == key).unwrap();
    assert_eq!((neighbour.counters.discarded_retention, neighbour.waiting()), (4, 6));
}
