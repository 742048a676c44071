//! Asks a site to do something: the running one, or the folder itself.

use super::{Asked, Request, answer};
use crate::network::SiteHub;
use crate::settings::{Database, Settings};
use crate::site_folder;
use anyhow::Result;
use market::Market;
use process::{control, folder};
use serde_json::Value;

/// Has a request answered.
pub async fn call(settings: &Settings, request: Request) -> Result<Value> {
    folder::make(&settings.data)?;
    let embedded = matches!(settings.database, Database::Embedded);
    // On PostgreSQL this is just another process.
    let lock = if embedded { folder::hold(&settings.data)? } else { None };
    if embedded && lock.is_none() {
        return control::ask(&settings.data, &request, "site");
    }
    let journal = site_folder::open(settings)?;
    let market = site_folder::market(settings, journal.clone());
    let result = answered(settings, &market, request).await;
    tokio::task::spawn_blocking(move || journal.close()).await?;
    result
}

/// Only what is about the hub opens it.
async fn answered(settings: &Settings, market: &Market, request: Request) -> Result<Value> {
    let hub = if request.is_about_hub() && settings.network.is_networked() {
        Some(SiteHub::open_quietly(settings).await?)
    } else {
        None
    };
    let result = answer(Asked { market, settings, hub: hub.as_ref() }, request).await;
    if let Some(hub) = hub {
        hub.hub().close().await;
    }
    result
}
