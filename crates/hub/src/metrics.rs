//! What is counted, for `/metrics`.

use crate::status::Status;
use crate::time::Time;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfResult {
    result: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfReason {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfHops {
    hops: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfNeighbour {
    neighbour: String,
}

/// From one millisecond to half a day: over a good network, and after an outage.
const SECONDS: [f64; 14] =
    [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 60.0, 300.0, 1_800.0, 7_200.0, 43_200.0];

/// All that is counted. Most of it is looked up when somebody asks.
pub struct Metrics {
    registry: Registry,
    received: Family<OfResult, Counter>,
    discarded: Family<OfReason, Counter>,
    hops: Family<OfHops, Counter>,
    refused_greetings: Family<OfReason, Counter>,
    sent: Counter,
    redundancy: Gauge<f64, AtomicU64>,
    lag_messages: Family<OfNeighbour, Gauge>,
    lag_seconds: Family<OfNeighbour, Gauge>,
    linked: Family<OfNeighbour, Gauge>,
    attempts: Family<OfNeighbour, Gauge>,
    log_bytes: Gauge,
    /// Connections that were cut because the head of a request did not come in time.
    pub cut: Counter,
    /// How old envelopes are when they are handed to applications.
    pub delivery_seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::with_prefix("anuko_hub"),
            received: Family::default(),
            discarded: Family::default(),
            hops: Family::default(),
            refused_greetings: Family::default(),
            sent: Counter::default(),
            redundancy: Gauge::default(),
            lag_messages: Family::default(),
            lag_seconds: Family::default(),
            linked: Family::default(),
            attempts: Family::default(),
            log_bytes: Gauge::default(),
            cut: Counter::default(),
            delivery_seconds: Histogram::new(SECONDS),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("received", "Envelopes that came, by what became of them", self.received.clone());
        registry.register(
            "discarded",
            "Envelopes that were not delivered, by reason",
            self.discarded.clone(),
        );
        registry.register("hops", "New envelopes by how many hubs they had passed", self.hops.clone());
        let says = "Who dialled and got no link, by reason";
        registry.register("refused_greetings", says, self.refused_greetings.clone());
        registry.register("sent", "Envelopes that were sent to neighbours", self.sent.clone());
        registry.register("redundancy", "How often each envelope came", self.redundancy.clone());
        registry.register("lag_messages", "Envelopes that wait for a neighbour", self.lag_messages.clone());
        registry.register("lag_seconds", "Age of the oldest of these", self.lag_seconds.clone());
        registry.register("linked", "Whether the link is open", self.linked.clone());
        registry.register("attempts", "Attempts that failed one after the other", self.attempts.clone());
        registry.register("log_bytes", "Bytes of the envelopes that are kept", self.log_bytes.clone());
        let says = "Connections cut because no head of a request came in time, idle ones too";
        registry.register("connections_cut", says, self.cut.clone());
        let says = "Age of envelopes when applications get them";
        registry.register("delivery_seconds", says, self.delivery_seconds.clone());
    }

    /// The page.
    pub fn page(&self, status: &Status, now: Time) -> String {
        count(&status.received, |result| self.received.get_or_create_owned(&OfResult { result }));
        count(&status.discarded, |reason| self.discarded.get_or_create_owned(&OfReason { reason }));
        count(&status.hops, |hops| self.hops.get_or_create_owned(&OfHops { hops }));
        let refused = |reason| self.refused_greetings.get_or_create_owned(&OfReason { reason });
        count(&status.refused_greetings, refused);
        self.sent.inner().store(status.sent, Ordering::Relaxed);
        self.redundancy.set(status.redundancy().unwrap_or(0.0));
        self.log_bytes.set(status.bytes as i64);
        self.neighbours(status, now);
        let mut page = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut page, &self.registry);
        page
    }

    fn neighbours(&self, status: &Status, now: Time) {
        // Who is no neighbour any more is not shown for ever.
        let families = [&self.lag_messages, &self.lag_seconds, &self.linked, &self.attempts];
        families.iter().for_each(|family| family.clear());
        for one in &status.neighbours {
            let label = OfNeighbour { neighbour: one.key.to_string() };
            let values = [
                Some(one.lag_messages as i64),
                // What is not known is not there.
                one.lag_seconds(now).map(|seconds| seconds as i64),
                Some(i64::from(one.linked_since.is_some())),
                Some(i64::from(one.attempts)),
            ];
            for (family, value) in families.iter().zip(values) {
                if let Some(value) = value {
                    family.get_or_create(&label).set(value);
                }
            }
        }
    }
}

fn count(counts: &BTreeMap<&'static str, u64>, counter: impl Fn(&'static str) -> Counter) {
    for (label, count) in counts {
        counter(label).inner().store(*count, Ordering::Relaxed);
    }
}
