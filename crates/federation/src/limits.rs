//! How much of one site is taken in, so that none costs the others anything.

use auction::{Span, Time};
use hub::PublicKey;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is taken of each site.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Listings, new and told again, in a minute.
    pub listings_per_minute: u32,
    /// Open auctions at a time.
    pub auctions_per_site: u32,
    /// Bids on auctions of this site in a minute.
    pub bids_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { listings_per_minute: 2_000, auctions_per_site: 20_000, bids_per_minute: 12_000 }
    }
}

/// Who asks how auctions stand does it once a minute; a few more do no harm.
const QUESTIONS_PER_MINUTE: u32 = 4;

/// So many listings of its own a site tells in a minute: half of what others take of one.
const TOLD_PER_MINUTE: u32 = 1_000;

/// So much in a minute, and after a rest so much at once. Of one unit there are a million parts, so that a microsecond
/// brings whole ones.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    per_minute: u32,
    parts: i64,
    at: Time,
}

const PARTS: i64 = 1_000_000;

impl Bucket {
    fn new(per_minute: u32, at: Time) -> Bucket {
        Bucket { per_minute, parts: i64::from(per_minute) * PARTS, at }
    }

    fn fill(&mut self, now: Time) {
        let passed = (now - self.at).clamp(Span::ZERO, Span::minutes(1));
        self.at = self.at.max(now);
        let (rate, most) = (i64::from(self.per_minute), i64::from(self.per_minute) * PARTS);
        self.parts = most.min(self.parts + passed.0 * rate / 60);
    }

    fn take(&mut self, now: Time) -> bool {
        self.fill(now);
        let there = self.parts >= PARTS;
        self.parts -= if there { PARTS } else { 0 };
        there
    }
}

/// What counts against one limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    /// A listing.
    Listing,
    /// A bid on an auction of this site.
    Bid,
    /// A question to this site.
    Question,
}

/// Counts what each site has said lately.
pub(crate) struct Gate {
    pub(crate) limits: Limits,
    buckets: Mutex<HashMap<(PublicKey, Counted), Bucket>>,
    told: Mutex<Option<Bucket>>,
}

impl Gate {
    pub(crate) fn new(limits: Limits) -> Gate {
        Gate { limits, buckets: Mutex::default(), told: Mutex::default() }
    }

    /// Whether one more is taken of a site. `at`: when it was signed, so that catching up is no flood.
    pub(crate) fn lets_in(&self, site: PublicKey, what: Counted, at: Time) -> bool {
        let per_minute = match what {
            Counted::Listing => self.limits.listings_per_minute,
            Counted::Bid => self.limits.bids_per_minute,
            Counted::Question => QUESTIONS_PER_MINUTE,
        };
        let mut buckets = held(&self.buckets);
        buckets.entry((site, what)).or_insert_with(|| Bucket::new(per_minute, at)).take(at)
    }

    /// How many listings of this site may be told now, of so many.
    pub(crate) fn may_tell(&self, wanted: usize, now: Time) -> usize {
        let mut told = held(&self.told);
        let bucket = told.get_or_insert_with(|| Bucket::new(TOLD_PER_MINUTE, now));
        (0..wanted).take_while(|_| bucket.take(now)).count()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Time = Time(1_767_614_400_000_000);

    #[test]
    fn a_bucket_gives_its_minute_at_once_and_then_no_faster_than_it_fills() {
        let mut bucket = Bucket::new(60, NOON);
        let taken = |bucket: &mut Bucket, now| (0..1_000).filter(|_| bucket.take(now)).count();
        for (after, expected) in [(0, 60), (0, 0), (10, 10), (11, 1), (3_600, 60), (3_590, 0), (3_601, 1)] {
            assert_eq!(taken(&mut bucket, NOON + Span::seconds(after)), expected, "after {after} s");
        }
    }

    #[test]
    fn one_site_takes_nothing_from_another() {
        let gate = Gate::new(Limits { listings_per_minute: 2, ..Limits::default() });
        let [oak, elm] = [1, 2].map(|seed| hub::SecretKey::from_seed([seed; 32]).public());
        let lets_in = |site| gate.lets_in(site, Counted::Listing, NOON);
        assert_eq!([lets_in(oak), lets_in(oak), lets_in(oak)], [true, true, false]);
        assert!(lets_in(elm));
        assert!(gate.lets_in(oak, Counted::Bid, NOON));
    }
}
