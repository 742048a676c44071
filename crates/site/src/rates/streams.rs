//! How many live streams one address may have open.

use market::Refusal;
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// When to ask again. Nobody knows when a stream will be closed, so programs should not ask all the time.
const RETRY_AFTER_SECONDS: u64 = 30;

type Open = HashMap<IpAddr, u32>;

/// The open streams of each address.
pub(super) struct Streams {
    most: NonZeroU32,
    open: Arc<Mutex<Open>>,
}

/// One open stream. It is counted down when this is dropped, for whatever reason the stream ends.
pub struct Watcher {
    address: IpAddr,
    open: Arc<Mutex<Open>>,
}

impl Streams {
    pub(super) fn at_most(most: NonZeroU32) -> Streams {
        Streams { most, open: Arc::default() }
    }

    /// Counts one more stream of an address.
    pub(super) fn begin(&self, address: IpAddr) -> Result<Watcher, Refusal> {
        let mut open = lock(&self.open);
        let own = open.get(&address).copied().unwrap_or_default();
        if own >= self.most.get() {
            return Err(Refusal::TooMany { retry_after_seconds: RETRY_AFTER_SECONDS });
        }
        open.insert(address, own + 1);
        Ok(Watcher { address, open: self.open.clone() })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let mut open = lock(&self.open);
        match open.get_mut(&self.address) {
            Some(own) if *own > 1 => *own -= 1,
            // Who watches nothing is forgotten.
            _ => drop(open.remove(&self.address)),
        }
    }
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_watches_nothing_is_forgotten() {
        let streams = Streams::at_most(NonZeroU32::MIN);
        let address = IpAddr::from([192, 0, 2, 1]);
        let watcher = streams.begin(address).unwrap();
        assert!(streams.begin(address).is_err());
        drop(watcher);
        assert!(lock(&streams.open).is_empty());
        assert!(streams.begin(address).is_ok());
    }
}
