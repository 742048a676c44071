//! How long answers took.

use std::time::Duration;

/// Counts by time, in steps of 10 microseconds up to a second.
#[derive(Clone)]
pub(crate) struct Latency {
    counts: Vec<u32>,
    total: u64,
}

const STEP_MICROSECONDS: u64 = 10;
const STEPS: usize = 100_000;

impl Latency {
    pub(crate) fn new() -> Latency {
        Latency { counts: vec![0; STEPS], total: 0 }
    }

    pub(crate) fn count(&mut self, took: Duration) {
        let step = (took.as_micros() as u64 / STEP_MICROSECONDS) as usize;
        self.counts[step.min(STEPS - 1)] += 1;
        self.total += 1;
    }

    /// The milliseconds that this share of the answers did not exceed.
    pub(crate) fn milliseconds(&self, share: f64) -> f64 {
        let wanted = (self.total as f64 * share).ceil() as u64;
        let mut seen = 0;
        let within = self.counts.iter().position(|count| {
            seen += u64::from(*count);
            seen >= wanted
        });
        (within.unwrap_or(0) + 1) as f64 * STEP_MICROSECONDS as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::Latency;
    use std::time::Duration;

    #[test]
    fn half_of_the_answers_are_within_the_median() {
        let mut latency = Latency::new();
        for milliseconds in 1..=100 {
            latency.count(Duration::from_millis(milliseconds) - Duration::from_micros(1));
        }
        assert_eq!((latency.milliseconds(0.5), latency.milliseconds(0.99)), (50.0, 99.0));
    }
}
