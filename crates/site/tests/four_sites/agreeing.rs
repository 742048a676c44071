//! All at once, and all agree.

#![allow(clippy::disallowed_methods, reason = "it says how long things took")]

use super::network::Net;
use std::time::Instant;

/// How often is bid at each site.
pub(super) fn times() -> u32 {
    if std::env::var_os("ANUKO_LONG").is_some() { 250 } else { 40 }
}

#[test]
fn people_of_four_sites_bid_at_once_and_there_is_one_winner_everywhere() {
    let net = Net::open();
    let begun = Instant::now();
    let lot = net.list("Lamp");
    println!("listed and seen on all four after {:?}", begun.elapsed());
    let begun = Instant::now();
    let yes = net.bid(&lot, times());
    println!("{yes} bids answered with yes after {:?}", begun.elapsed());
    net.sell(&lot);
    net.until_level(&lot);
    println!("level after {:?}", begun.elapsed());
    net.check(&lot);
    // The last bid of the last site is the highest.
    let highest = 10 + 5 * (4 * (times() - 1) + 3);
    let last = net.towns[3].auction(lot.ids[3]);
    let price: f64 = last["price"].as_str().unwrap().parse().unwrap();
    assert!(price <= f64::from(highest) && yes > times() as usize, "{last}");
}
