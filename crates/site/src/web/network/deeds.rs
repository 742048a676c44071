//! What an administrator decides about neighbours and sites.

use super::super::filled::Filled;
use super::super::posted::Posted;
use super::super::visit::{Page, Visit, see_other};
use super::{administered, failed, show};
use crate::network::block_list::{self, Blocked};
use axum::response::IntoResponse;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use hub::PublicKey;
use market::actions::TreatSite;
use market::{Refusal, Treatment};

/// `POST /network/approve`
pub(in super::super) async fn approve(Posted(visit, form): Posted) -> Page {
    let (hub, who) = administered(&visit)?;
    if let Ok(key) = form.value("key").parse::<PublicKey>() {
        hub.approve(key).await.map_err(|error| visit.refuse(&failed(error)))?;
        tracing::info!(%key, by = who.person.0, "an administrator has let in the neighbour {key}");
    }
    Ok(see_other("/network"))
}

/// `POST /network/block`
pub(in super::super) async fn block(Posted(visit, form): Posted) -> Page {
    let (hub, who) = administered(&visit)?;
    if let Ok(key) = form.value("key").parse::<PublicKey>() {
        hub.block(key).map_err(|error| visit.refuse(&failed(error)))?;
        tracing::info!(%key, by = who.person.0, "an administrator has blocked the neighbour {key}");
    }
    Ok(see_other("/network"))
}

/// `POST /network/treat`: how a site is treated from now on.
pub(in super::super) async fn treat(Posted(visit, form): Posted) -> Page {
    let (_, who) = administered(&visit)?;
    let asked = form.value("key").parse::<PublicKey>().ok().zip(Treatment::parse(form.value("treatment")));
    let done = match asked {
        Some((key, treatment)) => {
            let note = form.value("note").trim().to_owned();
            let site = TreatSite { key: *key.bytes(), treatment, note };
            visit.market().treat_sites(Some(who), vec![site]).await
        }
        None => Err(Refusal::field("form", "unknown")),
    };
    answered(&visit, form, done).await
}

/// `GET /network/blocklist`: a file to pass on.
pub(in super::super) async fn export(visit: Visit) -> Page {
    administered(&visit)?;
    let blocked = visit.market().blocked_sites().await.map_err(|refusal| visit.refuse(&refusal))?;
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"blocklist.txt\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, block_list::of(&blocked)).into_response())
}

/// `POST /network/blocklist`: blocks everybody on a list that somebody passed on.
pub(in super::super) async fn import(Posted(visit, form): Posted) -> Page {
    let (hub, who) = administered(&visit)?;
    let list = match block_list::read(form.value("list")) {
        Ok(list) if list.is_empty() => return show(&visit, form.flawed("list", "missing", &visit)).await,
        Ok(list) => list,
        Err(line) => {
            let says = visit.words("network-blocklist-wrong", &[("line", line.into())]);
            return show(&visit, form.wrong("list", says)).await;
        }
    };
    let own = hub.hub().identity();
    let sites = list.into_iter().filter(|one| one.key != own).map(Blocked::treated);
    let done = visit.market().treat_sites(Some(who), sites.collect()).await;
    answered(&visit, form, done).await
}

async fn answered(visit: &Visit, form: Filled, done: Result<(), Refusal>) -> Page {
    match done {
        Ok(()) => Ok(see_other("/network#sites")),
        Err(refusal) => show(visit, form.refused(&refusal, visit)).await,
    }
}
