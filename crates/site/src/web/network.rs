//! For administrators of a networked site: who is linked, what waits for whom, and who asks to be let in.

mod row;

use super::frame::Frame;
use super::posted::Posted;
use super::visit::{Page, Refused, Visit, see_other};
use crate::answer::plain;
use crate::network::SiteHub;
use askama::Template;
use http::StatusCode;
use hub::PublicKey;
use hub::status::Status;
use market::{Identity, Refusal, Role};
use row::Row;

#[derive(Template)]
#[template(path = "network.html")]
struct NetworkPage {
    page: Frame,
    name: String,
    key: String,
    address: String,
    status: Status,
    /// Who waits to be let in.
    pending: Vec<Row>,
    /// Everybody else.
    rows: Vec<Row>,
    /// Messages that did not get to somebody, by reason.
    lost: Vec<(String, u64)>,
}

/// `GET /network`
pub(super) async fn page(visit: Visit) -> Page {
    let (hub, _) = administered(&visit)?;
    let status = hub.hub().status().await.map_err(|error| visit.refuse(&failed(error)))?;
    let is_pending = |row: &Row| row.is_pending;
    let (pending, rows) = status.neighbours.iter().map(|one| row::of(&visit, one)).partition(is_pending);
    let text = |field: &str| hub.card()[field].as_str().unwrap_or_default().to_owned();
    let shown = NetworkPage {
        page: visit.frame(visit.words("network-title", &[])),
        name: text("name"),
        key: text("key"),
        address: text("url"),
        lost: lost(&visit, &status),
        status,
        pending,
        rows,
    };
    Ok(visit.page(StatusCode::OK, &shown))
}

/// `POST /network/approve`
pub(super) async fn approve(Posted(visit, form): Posted) -> Page {
    let (hub, who) = administered(&visit)?;
    if let Ok(key) = form.value("key").parse::<PublicKey>() {
        hub.approve(key).await.map_err(|error| visit.refuse(&failed(error)))?;
        tracing::info!(%key, by = who.person.0, "an administrator has let in the neighbour {key}");
    }
    Ok(see_other("/network"))
}

/// `POST /network/block`
pub(super) async fn block(Posted(visit, form): Posted) -> Page {
    let (hub, who) = administered(&visit)?;
    if let Ok(key) = form.value("key").parse::<PublicKey>() {
        hub.block(key).map_err(|error| visit.refuse(&failed(error)))?;
        tracing::info!(%key, by = who.person.0, "an administrator has blocked the neighbour {key}");
    }
    Ok(see_other("/network"))
}

/// The hub, for who may look after it. A site that stands alone has no such page.
fn administered(visit: &Visit) -> Result<(&SiteHub, &Identity), Refused> {
    let nothing = || visit.refused(&plain("not_found", visit.language(), &[]));
    let hub = visit.app.hub.as_ref().ok_or_else(nothing)?;
    let who = visit.who("/network")?;
    if who.suspended {
        return Err(visit.refuse(&Refusal::AccountSuspended).into());
    }
    if who.role < Role::Administrator {
        return Err(visit.refuse(&Refusal::NotPermitted).into());
    }
    Ok((hub, who))
}

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::Unavailable(format!("the hub: {error}"))
}

fn lost(visit: &Visit, status: &Status) -> Vec<(String, u64)> {
    let say = |(code, count): (&&'static str, &u64)| {
        let words = match *code {
            "expired" => visit.words("network-lost-expired", &[]),
            "deactivated" => visit.words("network-lost-deactivated", &[]),
            "retention" => visit.words("network-lost-retention", &[]),
            other => other.replace('_', " "),
        };
        (words, *count)
    };
    status.discarded.iter().filter(|(_, count)| **count > 0).map(say).collect()
}
