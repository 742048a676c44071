//! The first start: who follows the link that was printed becomes the administrator.

use super::filled::Filled;
use super::frame::Frame;
use super::posted::Posted;
use super::register::account;
use super::visit::{Page, Visit, see_other};
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "administrator.html")]
struct AdministratorPage {
    page: Frame,
    form: Filled,
}

/// `GET /administrator?key=…`
pub(super) async fn page(visit: Visit) -> Page {
    let form = visit.query.clone();
    Ok(show(&visit, form))
}

/// `POST /administrator`
pub(super) async fn send(Posted(visit, form): Posted) -> Page {
    match visit.market().become_administrator(form.value("key"), account(&form), &visit.agent).await {
        Ok(session) => Ok(visit.keep_session(&session, false, see_other("/"))),
        Err(refusal) => Ok(show(&visit, form.refused(&refusal, &visit))),
    }
}

fn show(visit: &Visit, form: Filled) -> Response {
    let page = visit.frame(visit.words("administrator-title", &[]));
    visit.page(form.status(), &AdministratorPage { page, form })
}
