//! Something dies in the middle.

use super::agreeing::times;
use super::network::Net;
use super::town::until;

#[test]
fn a_hub_that_dies_in_the_middle_loses_nobodys_bid() {
    let mut net = Net::open();
    let lot = net.list("Lamp");
    net.bid(&lot, times() / 4);
    // The hub of the second site, over which the third has one of its two ways.
    let (place, hub) = net.hubs.remove(1);
    let port = hub.port;
    hub.kill();
    net.bid(&lot, times() / 4);
    // Who has another way goes on.
    let others = [0, 2, 3];
    until("rulings on what has another way", || {
        others.iter().all(|town| net.towns[*town].sent(true).is_empty()).then_some(())
    });
    assert!(!net.towns[1].sent(true).is_empty(), "the second site has no other way");
    let hub = place.open(port);
    net.hubs.insert(1, (place, hub));
    net.bid(&lot, times() / 4);
    net.sell(&lot);
    net.until_level(&lot);
    net.check(&lot);
}

#[test]
fn sites_that_are_killed_in_the_middle_lose_nothing_that_was_answered() {
    for killed in [0, 2] {
        let mut net = Net::open();
        let lot = net.list("Lamp");
        net.bid(&lot, times() / 4);
        let town = net.towns.remove(killed);
        net.towns.insert(killed, town.die_and_come_back());
        net.bid(&lot, times() / 4);
        net.sell(&lot);
        net.until_level(&lot);
        net.check(&lot);
    }
}
