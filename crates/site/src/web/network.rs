//! For administrators of a networked site: who is linked, what waits for whom, and who asks to be let in.

mod deeds;
mod picture;
mod row;
mod sites;

use super::filled::Filled;
use super::frame::Frame;
use super::visit::{Page, Refused, Visit};
use crate::answer::plain;
use crate::network::SiteHub;
use askama::Template;
use hub::status::Status;
use market::{Identity, Refusal, Role};
use picture::Picture;
use row::Row;
use sites::SiteLine;
use store::sites::SiteId;

pub(super) use deeds::{approve, block, export, import, treat};

/// Sites of a page.
const SITES: usize = 100;

/// So many auctions that wait for approval are counted.
const WAITING_MOST: usize = 100;

#[derive(Template)]
#[template(path = "network.html")]
struct NetworkPage {
    page: Frame,
    name: String,
    key: String,
    address: String,
    status: Status,
    form: Filled,
    /// Drawn, if there is anybody else.
    picture: Option<Picture>,
    sites: Vec<SiteLine>,
    /// Behind which site the next page begins.
    more: Option<i64>,
    /// Auctions of other sites that wait for approval.
    waiting: usize,
    /// Who waits to be let in.
    pending: Vec<Row>,
    /// Everybody else.
    rows: Vec<Row>,
    /// Messages that did not get to somebody, by reason.
    lost: Vec<(String, u64)>,
}

/// `GET /network`
pub(super) async fn page(visit: Visit) -> Page {
    show(&visit, Filled::default()).await
}

/// The page, with a form that came back.
async fn show(visit: &Visit, form: Filled) -> Page {
    let (hub, who) = administered(visit)?;
    let refuse = |refusal| Refused::from(visit.refuse(&refusal));
    let status = hub.hub().status().await.map_err(|error| refuse(failed(error)))?;
    let after = SiteId(visit.query.value("after").parse().unwrap_or(0));
    let found = visit.market().sites(after, SITES + 1).await.map_err(refuse)?;
    let waiting = visit.market().waiting_replicas(who, WAITING_MOST).await.map_err(refuse)?.len();
    let (page, more) = (&found[..found.len().min(SITES)], found.len() > SITES);
    let is_pending = |row: &Row| row.is_pending;
    let (pending, rows) = status.neighbours.iter().map(|one| row::of(visit, one)).partition(is_pending);
    let text = |field: &str| hub.card()[field].as_str().unwrap_or_default().to_owned();
    let shown = NetworkPage {
        page: visit.frame(visit.words("network-title", &[])),
        name: text("name"),
        key: text("key"),
        address: text("url"),
        lost: lost(visit, &status),
        picture: Picture::draw(visit, &visit.app.settings.name, &status, page),
        sites: page.iter().map(|site| sites::line(visit, &status, site)).collect(),
        more: page.last().filter(|_| more).map(|last| last.site.id.0),
        waiting,
        status,
        pending,
        rows,
        form,
    };
    Ok(visit.page(shown.form.status(), &shown))
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

impl NetworkPage {
    /// What a site is treated as, in words.
    fn treatment(&self, word: &str) -> String {
        self.page.words(&format!("network-treat-{word}"))
    }

    fn treatments(&self) -> [&'static str; 4] {
        sites::treatments()
    }
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
