//! For moderators: listings that wait for approval.

use super::browse::lots;
use super::filled::Filled;
use super::frame::Frame;
use super::lot::Lot;
use super::posted::{Number, Posted};
use super::visit::{Page, Visit, see_other};
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

async fn show(visit: &Visit, form: Filled) -> Page {
    visit.who("/moderate")?;
    let (lots, more) = lots(visit, Listing::Awaiting, ROWS).await?;
    let page = visit.frame(visit.words("moderate-title", &[]));
    Ok(visit.page(form.status(), &Moderate { page, form, lots, more }))
}
