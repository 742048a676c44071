//! How everything stands, gathered from the node, the links and the log.

use super::{Hub, alarms, carrier::closed};
use crate::envelope::StreamId;
use crate::key::PublicKey;
use crate::links::{UpstreamState, UpstreamStatus};
use crate::log::Fork;
use crate::node::{self, Alarm, HOPS_MOST, Node, Standing, Traffic};
use crate::status::{Account, Neighbour, Status};
use crate::time::Time;
use journal::Error;
use std::collections::BTreeMap;

/// Streams of which the oldest waiting envelope is looked up, for one neighbour.
const LOOKED_UP_MOST: usize = 1_000;

/// How many hubs an envelope has passed, in words.
const HOPS_WORDS: [&str; HOPS_MOST + 1] = ["unknown", "1", "2", "3", "4", "5", "6", "7", "8", "9 or more"];

impl Hub {
    /// How everything stands.
    pub async fn status(&self) -> Result<Status, Error> {
        status(self).await
    }
}

/// How everything stands.
async fn status(hub: &Hub) -> Result<Status, Error> {
    let look = hub.look(|node| (*node.traffic(), found(node), node.ways(), node.clones()));
    let (traffic, found, ways, clones) = look.await.map_err(closed)?;
    let (upstreams, size) = (hub.upstreams(), hub.0.desk.log.size().await?);
    let mut status = Status {
        received: received(&traffic),
        sent: traffic.sent,
        hops: HOPS_WORDS.into_iter().zip(traffic.hops).collect(),
        refused_greetings: hub.0.desk.refusals.look(),
        origins: size.origins,
        ways,
        envelopes: size.envelopes,
        bytes: size.bytes,
        forks: hub.0.desk.log.forks().await?,
        ..Status::default()
    };
    status.discarded.insert("expired", traffic.expired);
    for Found { mut neighbour, counters, waiting } in found {
        *status.discarded.entry("deactivated").or_default() += counters.discarded_deactivated;
        *status.discarded.entry("retention").or_default() += counters.discarded_retention;
        *status.discarded.entry("refused").or_default() += counters.discarded_refused;
        *status.discarded.entry("expired").or_default() += counters.discarded_expired;
        neighbour.oldest_waiting = hub.0.desk.log.oldest(waiting).await?;
        let upstream = upstreams.values().find(|one| one.key == Some(neighbour.key));
        neighbour.last_error = match upstream {
            Some(upstream) => error(upstream),
            None => hub.0.desk.failures.of(neighbour.key),
        };
        neighbour.next_attempt = neighbour.next_attempt.or(upstream.and_then(|one| one.next_attempt));
        status.neighbours.push(neighbour);
    }
    let alarms = hub.alarms();
    let so_far = alarms.iter().filter(|(_, alarm)| is_still_so(alarm, &status.neighbours, &alarms));
    status.alarms = so_far.filter_map(|(_, alarm)| alarms::warning(alarm)).collect();
    status.alarms.dedup();
    status.alarms.extend(alarms::cloned(clones, hub.0.desk.clock.now()));
    status.alarms.extend(forked(&status.forks, &status.neighbours));
    status.alarms.extend(not_reached(&upstreams, &status.neighbours));
    Ok(status)
}

/// A neighbour, as far as the node knows.
struct Found {
    neighbour: Neighbour,
    counters: node::Counters,
    waiting: Vec<(StreamId, u64)>,
}

fn found(node: &Node) -> Vec<Found> {
    let found = |one: &node::Neighbour| Found {
        neighbour: neighbour(one, node.linked_since(one)),
        counters: one.counters,
        waiting: one.first_waiting().take(LOOKED_UP_MOST).collect(),
    };
    node.neighbours().map(found).collect()
}

fn neighbour(one: &node::Neighbour, linked_since: Option<Time>) -> Neighbour {
    let (counters, waiting) = (one.counters, one.waiting());
    Neighbour {
        key: one.key,
        name: one.name.clone(),
        address: one.address.clone(),
        is_upstream: one.is_upstream,
        standing: one.standing,
        linked_since,
        last_seen: one.last_seen,
        attempts: one.attempts,
        next_attempt: one.next_attempt,
        deactivated_since: one.inactive_since,
        lag_messages: waiting,
        oldest_waiting: None,
        account: Account {
            accepted: counters.accepted,
            delivered: counters.delivered,
            waiting,
            discarded: counters.discarded(),
            recovered: counters.recovered,
        },
        last_error: None,
    }
}

fn received(traffic: &Traffic) -> BTreeMap<&'static str, u64> {
    [
        ("new", traffic.new),
        ("duplicate", traffic.duplicate),
        ("expired", traffic.expired),
        ("too_old", traffic.too_old),
        ("skew", traffic.skew),
        ("limited", traffic.limited),
        ("refused", traffic.refused),
        ("forked", traffic.forked),
        ("bad_signature", traffic.forged),
    ]
    .into()
}

fn error(upstream: &UpstreamStatus) -> Option<(Time, String)> {
    Some((upstream.failed_at?, upstream.last_error.clone()?))
}

/// What is right again need not be known any more.
fn is_still_so(alarm: &Alarm, neighbours: &[Neighbour], alarms: &[(Time, Alarm)]) -> bool {
    let stands =
        |key: &PublicKey, standing| neighbours.iter().any(|one| one.key == *key && one.standing == standing);
    match alarm {
        // Told from what is written down, as after a restart.
        Alarm::Forked { .. } | Alarm::Cloned { .. } => false,
        Alarm::Deactivated(key) => stands(key, Standing::Inactive),
        Alarm::AsksToJoin(key) => stands(key, Standing::Pending),
        Alarm::Clock(true) => {
            let newest = alarms.iter().rev().find(|(_, other)| matches!(other, Alarm::Clock(_)));
            matches!(newest, Some((_, Alarm::Clock(true))))
        }
        Alarm::Clock(false) | Alarm::Reactivated(_) => false,
    }
}

/// Forks of those whom the webmaster has not blocked.
fn forked(forks: &[Fork], neighbours: &[Neighbour]) -> Vec<String> {
    let is_blocked = |fork: &&Fork| {
        let is = |one: &Neighbour| one.key == fork.stream.origin && one.standing == Standing::Blocked;
        neighbours.iter().any(is)
    };
    forks
        .iter()
        .filter(|fork| !is_blocked(fork))
        .map(|fork| alarms::forked(fork.stream, fork.number))
        .collect()
}

/// Upstreams that are no neighbours yet would be seen nowhere else.
fn not_reached(upstreams: &BTreeMap<String, UpstreamStatus>, known: &[Neighbour]) -> Vec<String> {
    let is_known = |status: &UpstreamStatus| known.iter().any(|one| Some(one.key) == status.key);
    let missing = upstreams.iter().filter(|(_, one)| one.state != UpstreamState::Linked && !is_known(one));
    let sentence = |(url, one): (&String, &UpstreamStatus)| {
        Some(format!("upstream {url} was not reached yet: {}", one.last_error.as_ref()?))
    };
    missing.filter_map(sentence).collect()
}
