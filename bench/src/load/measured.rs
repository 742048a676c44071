//! What one measurement found.

use crate::process::Cpu;

/// A measurement that is over.
#[derive(Clone)]
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    /// Answers 201.
    pub(crate) accepted: u64,
    /// Other answers below 500.
    pub(crate) refused: u64,
    /// The rest.
    pub(crate) failed: u64,
    /// Milliseconds that half of the answers, and 99 of 100, did not exceed.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) client: Cpu,
    pub(crate) server: Cpu,
    /// The part of the machine that somebody else used meanwhile.
    pub(crate) others: f64,
}

impl Measured {
    pub(crate) fn answers(&self) -> f64 {
        (self.accepted + self.refused + self.failed) as f64
    }

    pub(crate) fn answers_per_second(&self) -> f64 {
        self.answers() / self.seconds
    }

    pub(crate) fn accepted_per_second(&self) -> f64 {
        self.accepted as f64 / self.seconds
    }
}
