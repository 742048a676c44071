//! Commands on the hub of a networked site.

use super::{Asked, Request, told};
use crate::network::SiteHub;
use crate::network::block_list::{self, Blocked};
use anyhow::{Context, Result, anyhow, bail};
use hub::PublicKey;
use market::Treatment;
use market::actions::TreatSite;
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
        Request::Treat { key, treatment, note } => {
            let key = public(&key)?;
            let word =
                Treatment::parse(&treatment).with_context(|| format!("{treatment:?} is no treatment"))?;
            let asked = TreatSite { key: *key.bytes(), treatment: word, note };
            site.market.treat_sites(None, vec![asked]).await.map_err(told)?;
            Ok(json!({ "key": key.to_string(), "treatment": treatment }))
        }
        Request::BlockList => {
            let blocked = site.market.blocked_sites().await.map_err(told)?;
            Ok(block_list::of(&blocked).into())
        }
        Request::ImportBlockList { list } => import(site, hub, &list).await,
        _ => hub.shown().await,
    }
}

/// A list that names this site itself does not block it.
async fn import(site: Asked<'_>, hub: &SiteHub, list: &str) -> Result<Value> {
    let read = block_list::read(list);
    let list = read.map_err(|line| anyhow!("line {line} of the list does not begin with a key"))?;
    let own = hub.hub().identity();
    let sites: Vec<_> = list.into_iter().filter(|one| one.key != own).map(Blocked::treated).collect();
    let blocked = sites.len();
    site.market.treat_sites(None, sites).await.map_err(told)?;
    Ok(json!({ "blocked": blocked }))
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
