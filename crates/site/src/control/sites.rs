//! Commands on the sites of the network: how they are treated.

use super::network::{ALONE, public};
use super::{Asked, Request, told};
use crate::network::block_list::{self, Blocked};
use crate::network::folder;
use anyhow::{Context, Result, anyhow, ensure};
use hub::hub_folder;
use market::Treatment;
use market::actions::TreatSite;
use serde_json::{Value, json};

pub(super) async fn answer(site: Asked<'_>, request: Request) -> Result<Value> {
    ensure!(site.settings.network.is_networked(), ALONE);
    match request {
        Request::Treat { key, treatment, note } => treat(site, &key, &treatment, note).await,
        Request::ImportBlockList { list } => import(site, &list).await,
        _ => Ok(block_list::of(&site.market.blocked_sites().await.map_err(told)?).into()),
    }
}

async fn treat(site: Asked<'_>, key: &str, word: &str, note: String) -> Result<Value> {
    let key = public(key)?;
    let treatment = Treatment::parse(word).with_context(|| format!("{word:?} is no treatment"))?;
    let asked = TreatSite { key: *key.bytes(), treatment, note };
    site.market.treat_sites(None, vec![asked]).await.map_err(told)?;
    Ok(json!({ "key": key.to_string(), "treatment": word }))
}

/// A list that names this site itself does not block it.
async fn import(site: Asked<'_>, list: &str) -> Result<Value> {
    let read = block_list::read(list);
    let list = read.map_err(|line| anyhow!("line {line} of the list does not begin with a key"))?;
    let own = hub_folder::key(&folder(site.settings))?.map(|key| key.public());
    let others = list.into_iter().filter(|one| Some(one.key) != own);
    let sites: Vec<_> = others.map(Blocked::treated).collect();
    let blocked = sites.len();
    site.market.treat_sites(None, sites).await.map_err(told)?;
    Ok(json!({ "blocked": blocked }))
}
