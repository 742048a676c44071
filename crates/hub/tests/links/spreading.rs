//! How many copies cross the links of a diamond and of a cycle: counted by proxies between the hubs.

use crate::counting::Counting;
use crate::scene::{Served, key, port, serve, serve_on, until};
use hub::{HubSettings, PublicKey};
use std::collections::BTreeMap;

/// Every second envelope is raced for at first; what comes then is counted.
const WARM_UP: usize = 48;
const COUNTED: usize = 64;

/// The links of the hub that is farthest from the first, and whether it has dialled them.
const FAR: [(usize, bool); 2] = [(2, true), (3, true)];
/// In the cycle the link of a number leads to the hub of that number.
const FAR_IN_CYCLE: [(usize, bool); 2] = [(2, false), (3, true)];

/// What is promised; flooding has more, which shows that these tests can fail.
const MOST: f64 = 1.2;

struct Net {
    hubs: Vec<Served>,
    links: Vec<Counting>,
}

/// Copies per delivery.
#[derive(Debug)]
struct Copies {
    /// On all links.
    everywhere: f64,
    /// That came to the hub that has two ways to the origin.
    to_the_far_hub: f64,
    /// On the links of that hub, both ways: flooding puts each message on each link at least once.
    on_its_links: f64,
}

fn spread(settings: &mut HubSettings, flood: bool) {
    settings.node.flood = flood;
}

async fn linked(served: &Served, count: usize) {
    until(async || served.linked().await.len() == count).await;
}

impl Net {
    /// One hub with two upstreams that share one upstream: the last has the first two links away.
    async fn diamond(flood: bool) -> Net {
        let top = serve(1, |settings| spread(settings, flood)).await;
        let mut links = Vec::new();
        let mut hubs = vec![top];
        for seed in [2, 3] {
            let link = Counting::to(hubs[0].address).await;
            let url = format!("ws://{}#{}", link.address, key(1).public());
            hubs.push(
                serve(seed, |settings| {
                    spread(settings, flood);
                    settings.upstreams = vec![url.parse().unwrap()];
                })
                .await,
            );
            links.push(link);
        }
        let mut urls = Vec::new();
        for (hub, seed) in [(1, 2), (2, 3)] {
            let link = Counting::to(hubs[hub].address).await;
            urls.push(format!("ws://{}#{}", link.address, key(seed).public()));
            links.push(link);
        }
        hubs.push(
            serve(4, |settings| {
                spread(settings, flood);
                settings.upstreams = urls.iter().map(|url| url.parse().unwrap()).collect();
            })
            .await,
        );
        Net::all_linked(hubs, links).await
    }

    /// Four hubs, each of which has the next one as its upstream.
    async fn cycle(flood: bool) -> Net {
        let (mut ports, mut links) = (Vec::new(), Vec::new());
        for _ in 0..4 {
            let port = port().await;
            links.push(Counting::to(port.local_addr().unwrap()).await);
            ports.push(port);
        }
        let mut hubs = Vec::new();
        for (place, port) in ports.into_iter().enumerate() {
            let next = (place + 1) % 4;
            let url = format!("ws://{}#{}", links[next].address, key(next as u8 + 1).public());
            let folder = tempfile::tempdir().unwrap();
            hubs.push(
                serve_on(port, folder, place as u8 + 1, |settings| {
                    spread(settings, flood);
                    settings.upstreams = vec![url.parse().unwrap()];
                })
                .await,
            );
        }
        Net::all_linked(hubs, links).await
    }

    async fn all_linked(hubs: Vec<Served>, links: Vec<Counting>) -> Net {
        for served in &hubs {
            linked(served, 2).await;
        }
        Net { hubs, links }
    }

    /// One after the other: the next when all have acknowledged the one before, about ten in a second.
    async fn post(&self, origin: usize, from: usize, count: usize) {
        for number in from..from + count {
            self.hubs[origin].post(&format!("{origin} {number}")).await;
            for served in &self.hubs {
                served.hub.news().wait_for(|news| *news > number as u64).await.unwrap();
            }
            for served in &self.hubs {
                until(async || served.waits_for_nothing().await).await;
            }
        }
    }

    /// What was counted of this origin since the last look, by link: down and up.
    fn take(&self, origin: PublicKey) -> Vec<(u64, u64)> {
        let counted = self.links.iter().map(Counting::take);
        let of = |side: &BTreeMap<PublicKey, u64>| side.get(&origin).copied().unwrap_or(0);
        counted.map(|counted| (of(&counted.down), of(&counted.up))).collect()
    }

    /// Posts at one hub. `far`: the links of the hub that has two ways to it, and whether it has dialled them.
    async fn measure(&self, origin: usize, posted: usize, far: [(usize, bool); 2]) -> Copies {
        let key = self.hubs[origin].hub.identity();
        self.post(origin, posted, WARM_UP).await;
        self.take(key);
        self.post(origin, posted + WARM_UP, COUNTED).await;
        let links = self.take(key);
        let per = |copies: u64, hubs: usize| copies as f64 / (COUNTED * hubs) as f64;
        let to_far = |(link, dialled): &(usize, bool)| if *dialled { links[*link].0 } else { links[*link].1 };
        Copies {
            everywhere: per(links.iter().map(|(down, up)| down + up).sum(), self.hubs.len() - 1),
            to_the_far_hub: per(far.iter().map(to_far).sum(), 1),
            on_its_links: per(far.iter().map(|(link, _)| links[*link].0 + links[*link].1).sum(), 1),
        }
    }

    /// Every application has each message once, in order per origin.
    async fn each_once(&self, origins: &[usize]) {
        for served in &self.hubs {
            let count = origins.len() * (WARM_UP + COUNTED);
            let mut by_origin: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for text in served.texts(count).await {
                let (origin, number) = text.split_once(' ').unwrap();
                by_origin.entry(origin.to_owned()).or_default().push(number.parse().unwrap());
            }
            assert_eq!(by_origin.len(), origins.len());
            for (nth, numbers) in by_origin.values().enumerate() {
                let from = nth * (WARM_UP + COUNTED);
                assert!(numbers.iter().copied().eq(from..from + WARM_UP + COUNTED));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diamond_delivers_each_message_once_with_hardly_a_copy_more_than_needed() {
    let net = Net::diamond(false).await;
    let copies = net.measure(0, 0, FAR).await;
    println!("diamond, default limits: copies per delivery after {WARM_UP} messages: {copies:.3?}");
    net.each_once(&[0]).await;
    assert!(copies.everywhere <= MOST && copies.to_the_far_hub <= MOST, "{copies:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diamond_that_floods_takes_each_message_twice_and_delivers_it_once() {
    let net = Net::diamond(true).await;
    let copies = net.measure(0, 0, FAR).await;
    println!("diamond, flooding, default limits: copies per delivery: {copies:.3?}");
    net.each_once(&[0]).await;
    assert!(copies.everywhere > MOST && copies.on_its_links >= 2.0, "{copies:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_delivers_each_message_once_with_hardly_a_copy_more_than_needed() {
    let net = Net::cycle(false).await;
    let first = net.measure(0, 0, FAR_IN_CYCLE).await;
    let second = net.measure(1, WARM_UP + COUNTED, [(3, false), (0, true)]).await;
    println!(
        "cycle, default limits: copies per delivery after {WARM_UP} messages: {first:.3?}, {second:.3?}"
    );
    net.each_once(&[0, 1]).await;
    for copies in [first, second] {
        assert!(copies.everywhere <= MOST && copies.to_the_far_hub <= MOST, "{copies:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_that_floods_takes_each_message_twice_and_delivers_it_once() {
    let net = Net::cycle(true).await;
    let copies = net.measure(0, 0, FAR_IN_CYCLE).await;
    println!("cycle, flooding, default limits: copies per delivery: {copies:.3?}");
    net.each_once(&[0]).await;
    assert!(copies.everywhere > MOST && copies.on_its_links >= 2.0, "{copies:?}");
}
