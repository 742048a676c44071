//! What all doors share.

use crate::live::Live;
use crate::metrics::Metrics;
use crate::network::SiteHub;
use crate::rates::Rates;
use crate::settings::Settings;
use crate::words::Language;
use market::{Market, Refusal};
use std::sync::Arc;

/// What all doors share. Handlers get it as their state.
pub struct App {
    /// Everything that can be done.
    pub market: Market,
    /// What the operator decided.
    pub settings: Settings,
    /// The language of who did not choose one.
    pub language: Language,
    /// What watchers are told.
    pub live: Live,
    /// What is counted.
    pub metrics: Metrics,
    /// How much anybody may ask for.
    pub rates: Rates,
    /// The hub of a networked site.
    pub hub: Option<SiteHub>,
}

/// The state of every handler.
pub type Shared = Arc<App>;

impl App {
    /// Counts an offer and what became of it.
    pub fn count_bid<T>(&self, outcome: &Result<T, Refusal>) {
        let verdict = outcome.as_ref().map_or_else(Refusal::code, |_| "accepted");
        self.metrics.bid(verdict);
    }
}
