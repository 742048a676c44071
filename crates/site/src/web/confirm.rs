//! Confirming a mail address. The link only shows a button: what looks into letters follows links, too.

use super::filled::Filled;
use super::frame::Frame;
use super::posted::Posted;
use super::register::Note;
use super::visit::{Page, Visit, see_other};
use askama::Template;
use http::StatusCode;

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    page: Frame,
    form: Filled,
}

/// `GET /confirm?key=…`
pub(super) async fn page(visit: Visit) -> Page {
    let page = visit.frame(visit.words("confirm-title", &[]));
    Ok(visit.page(StatusCode::OK, &ConfirmPage { page, form: visit.query.clone() }))
}

/// `POST /confirm`
pub(super) async fn send(Posted(visit, form): Posted) -> Page {
    let confirmed = visit.market().confirm(form.value("key"), &visit.agent).await;
    let session = confirmed.map_err(|refusal| visit.refuse(&refusal))?;
    Ok(visit.keep_session(&session, false, see_other("/welcome")))
}

/// `GET /welcome`
pub(super) async fn welcome(visit: Visit) -> Page {
    let page = visit.frame(visit.words("welcome-title", &[]));
    let lines = vec![visit.words("welcome-ready", &[])];
    let links = vec![("/", visit.words("welcome-browse", &[])), ("/sell", visit.words("welcome-sell", &[]))];
    Ok(visit.page(StatusCode::OK, &Note { page, lines, links }))
}
