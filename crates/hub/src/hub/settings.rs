//! What the webmaster can decide about a hub.

use crate::chance::{Chance, SystemChance};
use crate::clock::{Clock, SystemClock};
use crate::links::{HubUrl, LinkLimits};
use crate::log::Retention;
use crate::node::NodeSettings;
use std::path::PathBuf;
use std::sync::Arc;

/// Reads of applications may take all threads but one: links go on meanwhile.
const READERS: usize = 4;

/// What the webmaster can decide about a hub.
#[derive(Clone)]
pub struct HubSettings {
    /// The data folder.
    pub data: PathBuf,
    /// What people call this hub.
    pub name: String,
    /// Where it can be dialled (`wss://…`); empty if nowhere.
    pub address: String,
    /// Program and version.
    pub software: String,
    /// Under which names it may be dialled, with the port if it is not the usual one. Without any, only from this machine.
    pub hosts: Vec<String>,
    /// Whom it dials.
    pub upstreams: Vec<HubUrl>,
    /// Neighbours are trusted to name addresses in this hub's own network.
    pub allow_private_addresses: bool,
    /// Certificates, in DER, that are trusted beside those that browsers trust: of a network with an authority of its own.
    pub extra_roots: Vec<Vec<u8>>,
    /// Above so many bytes the log loses its oldest.
    pub retention_bytes: u64,
    /// So many read the log at the same time.
    pub readers: usize,
    /// The rules of the node.
    pub node: NodeSettings,
    /// What links may cost.
    pub links: LinkLimits,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives randomness.
    pub chance: Arc<dyn Chance>,
}

impl HubSettings {
    /// The defaults, for a hub of this name with this data folder.
    pub fn new(data: impl Into<PathBuf>, name: impl Into<String>) -> HubSettings {
        HubSettings {
            data: data.into(),
            name: name.into(),
            address: String::new(),
            software: concat!("anuko-hub ", env!("CARGO_PKG_VERSION")).to_owned(),
            hosts: Vec::new(),
            upstreams: Vec::new(),
            allow_private_addresses: false,
            extra_roots: Vec::new(),
            retention_bytes: Retention::default().bytes,
            readers: READERS,
            node: NodeSettings::default(),
            links: LinkLimits::default(),
            clock: Arc::new(SystemClock),
            chance: Arc::new(SystemChance),
        }
    }

    pub(super) fn retention(&self) -> Retention {
        Retention { age: self.node.retention, bytes: self.retention_bytes }
    }
}
