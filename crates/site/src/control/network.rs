//! Commands on the hub of a networked site.

use super::{Asked, Request};
use crate::network::SiteHub;
use anyhow::{Context, Result, bail};
use hub::PublicKey;
use serde_json::{Value, json};

pub(super) async fn answer(site: Asked<'_>, request: Request) -> Result<Value> {
    let alone = "this site stands alone: `network.upstreams` or `network.downstreams` makes it a node";
    let hub = site.hub.context(alone)?;
    match request {
        Request::Approve { key } => approve(hub, public(&key)?).await,
        Request::Block { key } => {
            let key = public(&key)?;
            hub.block(key)?;
            Ok(json!({ "key": key.to_string(), "standing": "blocked" }))
        }
        Request::Digest { auction } => {
            let digest = federation::digest(site.market, hub.hub().identity(), auction).await;
            let digest = digest.map_err(super::told)?;
            let origin = digest.origin.to_string();
            Ok(json!({ "origin": origin, "auction": digest.auction, "digest": digest.hash().to_string(),
                       "text": digest.text() }))
        }
        _ => hub.shown().await,
    }
}

async fn approve(hub: &SiteHub, key: PublicKey) -> Result<Value> {
    if !hub.approve(key).await? {
        bail!("there is no neighbour {key}: `anuko-auction network status` shows all");
    }
    Ok(json!({ "key": key.to_string(), "standing": "active" }))
}

fn public(key: &str) -> Result<PublicKey> {
    key.parse().with_context(|| format!("{key:?} is no key"))
}
