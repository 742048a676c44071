//! For moderators: listings that wait for approval.

use super::browse::lots;
use super::filled::Filled;
use super::frame::Frame;
use super::lot::Lot;
use super::posted::{Number, Posted};
use super::visit::{Page, Visit, see_other};
use super::written::paragraphs;
use askama::Template;
use market::show::Listing;

/// Rows of a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "moderate.html")]
struct Moderate {
    page: Frame,
    form: Filled,
    lots: Vec<Lot>,
    more: Option<String>,
    /// Auctions of sites that are shown after approval only.
    elsewhere: Vec<Waiting>,
}

/// An auction of another site that waits.
struct Waiting {
    lot: Lot,
    seller: String,
    description: Vec<String>,
}

/// `GET /moderate`
pub(super) async fn page(visit: Visit) -> Page {
    show(&visit, Filled::default()).await
}

/// `POST /moderate/{id}/approve`
pub(super) async fn approve(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who("/moderate")?;
    match visit.market().approve(who, id, form.version()).await {
        Ok(()) => Ok(see_other("/moderate")),
        Err(refusal) => show(&visit, form.refused(&refusal, &visit)).await,
    }
}

/// `POST /moderate/{id}/disapprove`
pub(super) async fn disapprove(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who("/moderate")?;
    let form = form.set("lot", id.to_string());
    match visit.market().disapprove(who, id, form.value("reason")).await {
        Ok(()) => Ok(see_other("/moderate")),
        Err(refusal) => show(&visit, form.refused(&refusal, &visit)).await,
    }
}

/// `POST /moderate/{id}/show`: an auction of another site.
pub(super) async fn show_replica(Number(id): Number, Posted(visit, form): Posted) -> Page {
    decide_replica(&visit, id, form, true).await
}

/// `POST /moderate/{id}/hide`: an auction of another site.
pub(super) async fn hide_replica(Number(id): Number, Posted(visit, form): Posted) -> Page {
    decide_replica(&visit, id, form, false).await
}

async fn decide_replica(visit: &Visit, id: i64, form: Filled, approved: bool) -> Page {
    let who = visit.who("/moderate")?;
    match visit.market().approve_replica(who, id, approved).await {
        Ok(()) => Ok(see_other("/moderate")),
        Err(refusal) => show(visit, form.refused(&refusal, visit)).await,
    }
}

async fn show(visit: &Visit, form: Filled) -> Page {
    let who = visit.who("/moderate")?;
    let (lots, more) = lots(visit, Listing::Awaiting, ROWS).await?;
    let elsewhere = visit.market().waiting_replicas(who, ROWS).await;
    let elsewhere = elsewhere.map_err(|refusal| visit.refuse(&refusal))?;
    let elsewhere = elsewhere.into_iter().map(|waiting| Waiting {
        seller: waiting.seller,
        description: paragraphs(&waiting.description),
        lot: Lot::new(visit, waiting.row),
    });
    let elsewhere = elsewhere.collect();
    let page = visit.frame(visit.words("moderate-title", &[]));
    Ok(visit.page(form.status(), &Moderate { page, form, lots, more, elsewhere }))
}
