//! What must hold in every run.

use crate::Town;
use crate::hub_in_town::HubNo;
use hub::{Envelope, PublicKey, Span, StreamId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Key = (StreamId, u64);

fn keys(shown: &[Arc<Envelope>]) -> impl Iterator<Item = Key> + '_ {
    shown.iter().map(|envelope| (envelope.stream(), envelope.number()))
}

/// At any time: nothing is shown twice, order holds within an origin, and counters add up. Gives what does not hold.
pub fn always(town: &Town) -> Vec<String> {
    let mut wrong = Vec::new();
    for (hub, found) in town.hubs.iter().enumerate() {
        wrong.extend(twice(hub, &found.disk.shown));
        wrong.extend(out_of_order(hub, &found.disk.shown));
        for neighbour in found.node.iter().flat_map(|node| node.neighbours()) {
            let count = neighbour.counters;
            let told = count.delivered + neighbour.waiting() + count.discarded();
            if count.accepted + count.recovered != told {
                wrong.push(format!("hub {hub}: {count:?} and {} waiting do not add up", neighbour.waiting()));
            }
        }
    }
    wrong
}

fn twice(hub: HubNo, shown: &[Arc<Envelope>]) -> Option<String> {
    let mut seen = BTreeSet::new();
    let again = keys(shown).find(|key| !seen.insert(*key))?;
    Some(format!("hub {hub} shows {again:?} twice"))
}

/// Numbers of a stream rise; epochs of an origin rise.
fn out_of_order(hub: HubNo, shown: &[Arc<Envelope>]) -> Option<String> {
    let mut last: BTreeMap<StreamId, u64> = BTreeMap::new();
    for (stream, number) in keys(shown) {
        let before = last.insert(stream, number).unwrap_or(0);
        if number <= before {
            return Some(format!("hub {hub} shows {stream:?} {number} after {before}"));
        }
    }
    None
}

/// Epochs of each origin rise at each hub. Only where no hub was away for longer than an epoch waits.
pub fn epochs_rise(town: &Town) -> Vec<String> {
    let mut wrong = Vec::new();
    for (hub, found) in town.hubs.iter().enumerate() {
        let mut last: BTreeMap<PublicKey, u64> = BTreeMap::new();
        for (stream, number) in keys(&found.disk.shown) {
            let before = last.insert(stream.origin, stream.epoch).unwrap_or(0);
            if stream.epoch < before {
                wrong.push(format!("hub {hub} shows {stream:?} {number} after epoch {before}"));
                break;
            }
        }
    }
    wrong
}

/// At the end, when everything has healed: nothing waits for anybody, and nothing is sent any more.
pub fn all_is_quiet(town: &mut Town) -> Vec<String> {
    let mut wrong = Vec::new();
    for (hub, found) in town.hubs.iter().enumerate() {
        for neighbour in found.node.iter().flat_map(|node| node.neighbours()) {
            if neighbour.link.is_some() && neighbour.waiting() > 0 {
                wrong.push(format!("hub {hub}: {} wait for {}", neighbour.waiting(), neighbour.name));
            }
        }
    }
    let sent = |town: &Town| (0..town.hubs.len()).map(|hub| town.traffic(hub).sent).sum::<u64>();
    let before = sent(town);
    town.run(Span::minutes(2));
    let more = sent(town) - before;
    wrong.extend((more > 0).then(|| format!("{more} envelopes are sent when all have everything")));
    wrong
}

/// At the end, when everything has healed: everybody has everything that was answered yes, except `lost`.
pub fn in_the_end(town: &Town, lost: &BTreeSet<Key>) -> Vec<String> {
    let mut wrong = always(town);
    let posted = town.posts.iter().flat_map(|posts| posts.taken.values());
    let must: BTreeSet<Key> =
        posted.map(|(_, posted)| (posted.stream, posted.number)).filter(|key| !lost.contains(key)).collect();
    for (hub, found) in town.hubs.iter().enumerate() {
        let has: BTreeSet<Key> = keys(&found.disk.shown).collect();
        let missing: Vec<_> = must.difference(&has).take(3).collect();
        if !missing.is_empty() {
            wrong.push(format!(
                "hub {hub} lacks {} of {}: {missing:?} …",
                must.difference(&has).count(),
                must.len()
            ));
        }
    }
    wrong
}
