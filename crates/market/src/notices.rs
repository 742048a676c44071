//! Which auctions have changed, of this site and of others: a hint for who shows them live. Whoever misses one asks the store.

use std::sync::Arc;
use tokio::sync::broadcast;

/// How many hints a slow listener may lag behind before it has to look everywhere.
const LAG: usize = 256;

/// Sends hints to all who listen.
#[derive(Clone, Debug)]
pub struct Notices(broadcast::Sender<Arc<[i64]>>);

impl Default for Notices {
    fn default() -> Notices {
        Notices(broadcast::channel(LAG).0)
    }
}

impl Notices {
    /// These auctions have changed.
    pub fn changed(&self, auctions: Vec<i64>) {
        if !auctions.is_empty() {
            // Nobody may be listening.
            let _ = self.0.send(auctions.into());
        }
    }

    /// Hears of changes from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<[i64]>> {
        self.0.subscribe()
    }
}
