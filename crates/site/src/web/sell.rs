//! Listing an item, and editing one that nobody has bid on.

mod choices;
mod item;
mod kept;

use super::filled::{Filled, written};
use super::frame::Frame;
use super::posted::{Number, Posted};
use super::visit::{Page, Visit, see_other};
use askama::Template;
use axum::response::Response;
use choices::Choices;
use kept::Kept;
use market::show::AuctionPage;

#[derive(Template)]
#[template(path = "sell.html")]
struct Sell {
    page: Frame,
    form: Filled,
    action: String,
    choices: Choices,
    /// The form lists something new.
    new: bool,
    approval: bool,
}

/// `GET /sell`
pub(super) async fn page(visit: Visit) -> Page {
    visit.who_here()?;
    let form = Filled::with([
        ("id", written(visit.market().fresh_id())),
        ("format", "ascending".to_owned()),
        ("currency", visit.app.settings.currency.code().to_owned()),
        ("opening", "now".to_owned()),
        ("ending", "604800".to_owned()),
    ]);
    Ok(show(&visit, form, None))
}

/// `POST /sell`
pub(super) async fn send(Posted(visit, form): Posted) -> Page {
    let who = visit.who("/sell")?;
    let item = match item::read(&visit, &form, None) {
        Ok(item) => item,
        Err(form) => return Ok(show(&visit, form, None)),
    };
    match visit.market().list_item(who, form.command(visit.market()), item).await {
        Ok(id) => Ok(see_other(&format!("/auctions/{id}"))),
        Err(refusal) => Ok(show(&visit, form.refused(&refusal, &visit), None)),
    }
}

/// `GET /auctions/{id}/edit`
pub(super) async fn edit(Number(id): Number, visit: Visit) -> Page {
    let page = own(&visit, id).await?;
    let form = kept::filled(&visit, &page);
    Ok(show(&visit, form, Some(&Kept::of(&visit, &page))))
}

/// `POST /auctions/{id}/edit`
pub(super) async fn revise(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let page = own(&visit, id).await?;
    let kept = Kept::of(&visit, &page);
    let item = match item::read(&visit, &form, Some(&kept)) {
        Ok(item) => item,
        Err(form) => return Ok(show(&visit, form, Some(&kept))),
    };
    let who = visit.who(&format!("/auctions/{id}/edit"))?;
    match visit.market().revise(who, form.command(visit.market()), id, form.version(), item).await {
        Ok(_) => Ok(see_other(&format!("/auctions/{id}"))),
        Err(refusal) => Ok(show(&visit, form.refused(&refusal, &visit), Some(&kept))),
    }
}

/// An auction of the viewer's own.
async fn own(visit: &Visit, id: i64) -> Result<AuctionPage, super::visit::Refused> {
    let who = visit.who(&format!("/auctions/{id}/edit"))?;
    let page = visit.market().auction_page(Some(who), id).await.map_err(|refusal| visit.refuse(&refusal))?;
    if page.own.selling { Ok(page) } else { Err(visit.refuse(&auction::Refusal::NotYours.into()).into()) }
}

impl Sell {
    /// Whether there is something to see under a field that is folded away.
    fn has(&self, field: &str) -> bool {
        self.form.filled(field).is_some() || self.form.error(field).is_some()
    }
}

fn show(visit: &Visit, form: Filled, kept: Option<&Kept>) -> Response {
    let (key, action) = match kept {
        None => ("sell-title", "/sell".to_owned()),
        Some(kept) => ("edit-title", format!("/auctions/{}/edit", kept.auction)),
    };
    let shown = Sell {
        page: visit.frame(visit.words(key, &[])),
        action,
        choices: Choices::new(visit, kept),
        new: kept.is_none(),
        approval: visit.app.settings.approval,
        form,
    };
    visit.page(shown.form.status(), &shown)
}
