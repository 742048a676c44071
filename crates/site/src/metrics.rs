//! What is counted, for `/metrics`.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Verdict {
    verdict: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

/// All that is counted. Handles are typed; nothing is looked up by name.
pub struct Metrics {
    registry: Registry,
    bids: Family<Verdict, Counter>,
    accepted: Counter,
    letters: Family<State, Gauge>,
    watchers: Gauge,
    open_auctions: Gauge,
    passed_over: Family<Reason, Gauge>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("anuko_auction");
        let (bids, letters) = (Family::<Verdict, Counter>::default(), Family::<State, Gauge>::default());
        let (watchers, open_auctions) = (Gauge::default(), Gauge::default());
        registry.register("bids", "Offers through pages and API, and what became of them", bids.clone());
        registry.register("letters", "Letters by state", letters.clone());
        registry.register("watchers", "Open live streams", watchers.clone());
        registry.register("published_auctions", "Auctions that are scheduled or open", open_auctions.clone());
        let passed_over = Family::<Reason, Gauge>::default();
        let help = "Messages of other sites that were not taken in, by reason";
        registry.register("passed_over", help, passed_over.clone());
        let accepted = bids.get_or_create_owned(&Verdict { verdict: "accepted" });
        Metrics { registry, bids, accepted, letters, watchers, open_auctions, passed_over }
    }
}

impl Metrics {
    /// Counts a bid.
    pub fn bid(&self, verdict: &'static str) {
        if verdict == "accepted" {
            self.accepted.inc();
        } else {
            self.bids.get_or_create(&Verdict { verdict }).inc();
        }
    }

    /// The page, with what is only looked up when somebody asks.
    pub fn page(
        &self,
        letters: [i64; 3],
        watchers: usize,
        open_auctions: i64,
        passed_over: BTreeMap<String, i64>,
    ) -> String {
        for (state, count) in ["waiting", "sent", "failed"].into_iter().zip(letters) {
            self.letters.get_or_create(&State { state }).set(count);
        }
        self.watchers.set(watchers as i64);
        self.open_auctions.set(open_auctions);
        for (reason, count) in passed_over {
            self.passed_over.get_or_create(&Reason { reason }).set(count);
        }
        let mut page = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut page, &self.registry);
        page
    }
}
