//! All links that are open.

use super::outbox::{Outbox, ToSend};
use crate::frame::{Bye, Frame};
use crate::key::PublicKey;
use crate::node::{LinkId, Passed};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// All links that are open.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    open: Mutex<Open>,
    changes: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct Open {
    last: u64,
    links: HashMap<LinkId, (PublicKey, Arc<Outbox>)>,
}

impl Table {
    /// A link to this key is open; gives its number.
    pub(super) fn add(&self, key: PublicKey, outbox: Arc<Outbox>) -> LinkId {
        let mut open = self.open();
        open.last += 1;
        let link = LinkId(open.last);
        open.links.insert(link, (key, outbox));
        drop(open);
        self.0.changes.send_replace(());
        link
    }

    pub(super) fn remove(&self, link: LinkId) {
        self.open().links.remove(&link);
        self.0.changes.send_replace(());
    }

    /// Sends a frame. A link that is gone takes it with it.
    pub(crate) fn send(&self, link: LinkId, frame: Frame) {
        self.put(link, ToSend::Frame(frame));
    }

    /// Sends envelopes.
    pub(crate) fn pass(&self, link: LinkId, envelopes: Vec<Passed>) {
        self.put(link, ToSend::Envelopes(envelopes));
    }

    fn put(&self, link: LinkId, to_send: ToSend) {
        let outbox = self.open().links.get(&link).map(|(_, outbox)| Arc::clone(outbox));
        if let Some(outbox) = outbox {
            outbox.put(to_send);
        }
    }

    /// Says BYE on one link, after what waits to be sent.
    pub(crate) fn close(&self, link: LinkId, bye: Bye) {
        if let Some((_, outbox)) = self.open().links.get(&link) {
            outbox.close(bye);
        }
    }

    /// Says BYE to everybody.
    pub(crate) fn close_all(&self, bye: &Bye) {
        self.open().links.values().for_each(|(_, outbox)| outbox.close(bye.clone()));
    }

    /// Whether a link to this key is open, whoever dialled it.
    pub(super) fn has(&self, key: PublicKey) -> bool {
        self.open().links.values().any(|(other, _)| *other == key)
    }

    /// Waits until no link is open.
    pub(crate) async fn until_empty(&self) {
        self.until(|open| open.links.is_empty()).await;
    }

    /// Waits until no link to this key is open.
    pub(super) async fn until_absent(&self, key: PublicKey) {
        self.until(|open| open.links.values().all(|(other, _)| *other != key)).await;
    }

    async fn until(&self, is_so: impl Fn(&Open) -> bool) {
        let mut changes = self.0.changes.subscribe();
        while !is_so(&self.open()) {
            // The sender is here, so this cannot fail.
            let _ = changes.changed().await;
        }
    }

    // No code that can panic runs under this lock.
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
