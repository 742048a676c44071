//! A networked site: the hub in its process, a node with a key of its own.
//!
//! A site that stands alone has nothing of this: no folder, no key, no thread.

pub mod block_list;
mod hub_settings;
mod shown;

use crate::settings::Settings;
use anyhow::{Context, Result};
use federation::Introduction;
use hub::applications::carrier::Carrier;
use hub::metrics::Metrics;
use hub::{Clock, Hub, HubSettings, PublicKey, SystemChance, SystemClock, hub_folder, pages};
use process::{DataLock, folder as data_folder};
use serde_json::Value;
use std::path::PathBuf;

/// What the site calls itself where it meets hubs and other sites.
const SOFTWARE: &str = concat!("anuko-auction ", env!("CARGO_PKG_VERSION"));

/// The folder of the hub inside the data folder: its key and its log.
const FOLDER: &str = "hub";

/// Where key and log of the hub are, if there are any.
pub fn folder(settings: &Settings) -> PathBuf {
    settings.data.join(FOLDER)
}

/// Where a hub would find this site, and how it would be set up.
pub use hub_settings::of as hub_settings;

/// How this site introduces itself to others.
pub fn introduction(settings: &Settings) -> Introduction {
    Introduction {
        name: settings.name.clone(),
        address: settings.public_url.as_str().to_owned(),
        contact: settings.network.contact.clone(),
        languages: vec![settings.language.to_string()],
        software: SOFTWARE.to_owned(),
        policy: settings.network.policy.clone(),
    }
}

/// The hub of a networked site.
pub struct SiteHub {
    hub: Hub,
    metrics: Metrics,
    card: Value,
    /// Held for as long as the hub is open: a hub of its own must not use the same key.
    _lock: DataLock,
}

impl SiteHub {
    /// Opens the hub of these settings, whose key is made when it has none. Its upstreams are dialled at once.
    pub async fn open(settings: &Settings) -> Result<SiteHub> {
        let own = hub_settings::of(settings)?;
        data_folder::make(&own.data)?;
        let lock = data_folder::hold(&own.data)?;
        let lock = lock.with_context(|| format!("another process uses the hub in {}", own.data.display()))?;
        let key = hub_folder::key_or_new(&own.data, &SystemChance)?;
        let card = pages::card(&own, key.public(), SOFTWARE);
        let opening = HubSettings { software: SOFTWARE.to_owned(), ..hub::serve::hub_settings(&own)? };
        hub_folder::protect(&own.data)?;
        let hub = Hub::open(opening, vec![key]).await?;
        Ok(SiteHub { hub, metrics: Metrics::default(), card, _lock: lock })
    }

    /// As [`Self::open`], for a command: nobody is dialled.
    pub async fn open_quietly(settings: &Settings) -> Result<SiteHub> {
        let mut settings = settings.clone();
        settings.network.upstreams.clear();
        SiteHub::open(&settings).await
    }

    /// The hub itself.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Whom the key of this site belongs to, for `/.well-known/anuko-hub`.
    pub fn card(&self) -> &Value {
        &self.card
    }

    /// Whether the node still does its work. One that has failed does nothing until the site is started again.
    pub async fn is_well(&self) -> bool {
        self.hub.look(|_| ()).await.is_ok()
    }

    /// Lets a neighbour link; `false` if there is none with this key.
    pub async fn approve(&self, key: PublicKey) -> Result<bool> {
        Ok(Carrier::approve(&self.hub, key).await?)
    }

    /// Turns a key away, as a neighbour and as an origin of messages.
    pub fn block(&self, key: PublicKey) -> Result<()> {
        Ok(self.hub.block(key)?)
    }

    /// Forgets a neighbour; `false` if there is none with this key, or it is blocked.
    pub async fn forget(&self, key: PublicKey) -> Result<bool> {
        Ok(Carrier::forget(&self.hub, key).await?)
    }

    /// Sends again after others were seen to sign with the key of this site; says whether it had stopped.
    pub async fn resume(&self) -> Result<bool> {
        Ok(Carrier::resume_posting(&self.hub).await?)
    }

    /// How it stands, as JSON.
    pub async fn shown(&self) -> Result<Value> {
        Ok(shown::shown(&self.card, &self.hub.status().await?, SystemClock.now()))
    }

    /// What is counted, as a page for Prometheus; nothing when the node has failed.
    pub async fn counted(&self) -> Option<String> {
        let status = self.hub.status().await.ok()?;
        Some(self.metrics.page(&status, SystemClock.now()))
    }
}
