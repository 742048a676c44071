//! How old envelopes are when applications can have them.

use super::carrier::Carrier;
use crate::Clock;
use prometheus_client::metrics::histogram::Histogram;
use std::sync::Arc;

/// How many envelopes are looked at together.
const MANY: usize = 256;

/// Measures what comes from now on: what waited in the log says nothing about delivery.
pub(super) async fn measure(carrier: Arc<dyn Carrier>, clock: Arc<dyn Clock>, seconds: Histogram) {
    let mut news = carrier.news();
    let mut place = *news.borrow_and_update();
    while news.changed().await.is_ok() {
        // What cannot be read now is looked at with the next news.
        while let Ok(envelopes) = carrier.read_after(place, MANY).await {
            let Some((last, _)) = envelopes.last() else { break };
            place = *last;
            let now = clock.now();
            let ages = envelopes.iter().map(|(_, envelope)| now.since(envelope.time()));
            ages.for_each(|age| seconds.observe(age.0 as f64 / 1e6));
        }
    }
}
