//! What all links share, and what a link and the node tell each other.

use super::dial::Connector;
use super::failures::Failures;
use super::hosts::Hosts;
use super::refusals::Refusals;
use super::strangers::Strangers;
use super::{Checkers, Table, Upstreams};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::envelope::BYTES_MOST;
use crate::frame::{Hello, Side};
use crate::key::SecretKey;
use crate::log::Log;
use crate::node::Input;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// What happened on a link. The link reads no further than there is room for what the node has not yet dealt with.
pub(crate) struct FromLink {
    pub(crate) input: Input,
    pub(crate) room: Option<OwnedSemaphorePermit>,
}

/// Hands the node what happened on a link.
pub(crate) type ToNode = Arc<dyn Fn(FromLink) + Send + Sync>;

/// What this hub says of itself.
#[derive(Clone, Debug)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) software: String,
    pub(crate) retention_seconds: u32,
}

/// What links may cost, and how long they may take.
#[derive(Clone, Debug)]
pub struct LinkLimits {
    /// From a connection to the proof of both sides.
    pub greeting: Duration,
    /// Between two signs of life. Proxies cut what is silent for a minute.
    pub ping: Duration,
    /// After such a silence the other side is dead.
    pub silence: Duration,
    /// How fast one link is read.
    pub bytes_per_second: u64,
    /// How many envelopes may be on their way to this hub on one link.
    pub window_envelopes: u32,
    /// And how many bytes.
    pub window_bytes: u32,
    /// Sockets that have not proved who they are.
    pub strangers: usize,
    /// Of these, from one address.
    pub strangers_of_one: usize,
}

impl Default for LinkLimits {
    fn default() -> LinkLimits {
        LinkLimits {
            greeting: Duration::from_secs(10),
            ping: Duration::from_secs(25),
            silence: Duration::from_secs(60),
            bytes_per_second: 16 * 1024 * 1024,
            window_envelopes: 4096,
            window_bytes: 4 * 1024 * 1024,
            strangers: 200,
            strangers_of_one: 5,
        }
    }
}

/// What all links share.
pub(crate) struct Desk {
    pub(crate) key: SecretKey,
    pub(crate) about: About,
    pub(crate) limits: LinkLimits,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) log: Log,
    pub(crate) to_node: ToNode,
    pub(crate) checkers: Checkers,
    pub(crate) table: Table,
    pub(crate) strangers: Strangers,
    pub(crate) refusals: Refusals,
    pub(crate) failures: Failures,
    pub(crate) hosts: Hosts,
    pub(crate) connector: Connector,
    pub(crate) upstreams: Upstreams,
    /// True when no link is to be opened any more.
    pub(crate) stopping: watch::Sender<bool>,
    /// Where tasks of links run, whoever accepted the connection.
    pub(crate) runtime: Handle,
}

impl Desk {
    /// What this end says first.
    pub(super) fn hello(&self, side: Side) -> Hello {
        Hello {
            key: self.key.public(),
            nonce: self.chance.secret(),
            side,
            clock: self.clock.now(),
            retention: self.about.retention_seconds,
            envelope_most: BYTES_MOST as u32,
            window_envelopes: self.limits.window_envelopes,
            window_bytes: self.limits.window_bytes,
            name: self.about.name.clone(),
            address: self.about.address.clone(),
            software: self.about.software.clone(),
        }
    }

    pub(super) fn tell(&self, input: Input) {
        (self.to_node)(FromLink { input, room: None });
    }

    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Waits until no link is to be opened any more.
    pub(crate) async fn stopped(&self) {
        // The sender is here, so this cannot fail before it is true.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }
}
