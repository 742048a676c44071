//! Days: neighbours that stay away, and logs that let go.
#![allow(clippy::unwrap_used, missing_docs)]

use hub::{Alarm, NodeSettings, Span, Standing};
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
    let before = town.hubs[0].disk.shown[60].time();
    for hub in 0..3 {
        town.trim(hub, before);
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
    let before = town.hubs[0].disk.shown[4].time();
    town.trim(0, before);
    nothing_is_wrong(&town);
    let key = town.hubs[3].key.public();
    let node = town.hubs[0].node.as_ref().unwrap();
    let neighbour = node.neighbours().find(|neighbour| neighbour.key == key).unwrap();
    assert_eq!((neighbour.counters.discarded_retention, neighbour.waiting()), (4, 6));
}

/// What is gone is more than is read at once: all of it is skipped before the first envelope shows that there is a gap.
#[test]
fn a_late_joiner_gets_what_comes_after_hundreds_that_are_gone() {
    let mut town = town(6);
    town.crash(3);
    for _ in 0..600 {
        town.post(1, "news");
        town.run(Span::seconds(1));
    }
    let before = town.hubs[0].disk.shown[590].time();
    (0..3).for_each(|hub| town.trim(hub, before));
    town.start(3);
    town.run(Span::minutes(2));
    assert_eq!(town.hubs[3].disk.shown.len(), 10);
    nothing_is_wrong(&town);
}

/// Each hub dials the one before it.
fn line(hub: HubNo, _: &mut Chance) -> Vec<HubNo> {
    hub.checked_sub(1).into_iter().collect()
}

/// All have let go of its first messages and forgotten its epoch, in which it goes on.
#[test]
fn an_origin_that_was_silent_for_longer_than_anybody_remembers_is_heard_again() {
    let settings = NodeSettings { retention: Span::days(2), ..open_settings() };
    let mut town = Town::new(4, 5, &settings, Trouble::default(), line);
    town.run(Span::seconds(5));
    for _ in 0..3 {
        town.post(0, "news");
        town.run(Span::seconds(5));
    }
    town.run(Span::days(3));
    for hub in 1..5 {
        let streams = town.hubs[hub].node.as_ref().unwrap().streams().count();
        assert_eq!(streams, 0, "hub {hub} has forgotten");
    }
    // The last two are slow to let go, so that somebody still sends what others no longer take.
    let before = town.now - Span::days(2);
    (0..3).for_each(|hub| town.trim(hub, before));
    let ticket = town.post(0, "I am still here");
    town.run(Span::minutes(5));
    nothing_is_wrong(&town);
    let posted = town.posts[0].taken[&ticket].1;
    for hub in 0..5 {
        assert!(town.shown_at.contains_key(&(hub, posted.stream, posted.number)), "hub {hub}");
        assert_eq!(town.hubs[hub].disk.shown.len(), 4, "nothing twice");
    }
    assert_eq!(truth::all_is_quiet(&mut town), Vec::<String>::new());
}

/// Restarted again and again while its clock stands still, as far as it can tell: the others forget its oldest epoch, and
/// with it all that is as old.
#[test]
fn an_origin_whose_clock_was_set_back_is_heard_in_each_of_its_epochs() {
    let mut town = Town::new(5, 3, &open_settings(), Trouble::default(), line);
    town.run(Span::seconds(5));
    town.post(2, "news");
    town.run(Span::seconds(1));
    town.hubs[2].clock_is_ahead = -240_000_000;
    for _ in 0..70 {
        town.crash(2);
        town.start(2);
        town.run(Span::seconds(1));
        town.post(2, "news");
        town.run(Span::seconds(1));
    }
    town.run(Span::minutes(2));
    assert_eq!((town.posts[2].taken.len(), town.hubs[0].disk.shown.len()), (71, 71));
    nothing_is_wrong(&town);
}
