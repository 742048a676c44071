//! A forgotten password: a letter, a link, a new one.

use super::filled::Filled;
use super::frame::Frame;
use super::posted::Posted;
use super::register::Note;
use super::visit::{Page, Visit, see_other};
use askama::Template;
use axum::response::Response;
use http::StatusCode;

#[derive(Template)]
#[template(path = "forgot.html")]
struct ForgotPage {
    page: Frame,
    form: Filled,
}

#[derive(Template)]
#[template(path = "reset.html")]
struct ResetPage {
    page: Frame,
    form: Filled,
}

/// `GET /forgot`
pub(super) async fn page(visit: Visit) -> Page {
    Ok(show_forgot(&visit, Filled::default()))
}

/// `POST /forgot`
pub(super) async fn send(Posted(visit, form): Posted) -> Page {
    match visit.market().ask_for_reset(form.value("email")).await {
        Ok(()) => Ok(see_other("/forgot/sent")),
        Err(refusal) => Ok(show_forgot(&visit, form.refused(&refusal, &visit))),
    }
}

/// `GET /forgot/sent`: the same for everybody, whether or not there is such an account.
pub(super) async fn sent(visit: Visit) -> Page {
    let page = visit.frame(visit.words("forgot-sent-title", &[]));
    let lines = vec![visit.words("forgot-sent-letter", &[])];
    Ok(visit.page(
        StatusCode::OK,
        &Note { page, lines, links: vec![("/sign-in", visit.words("sign-in-title", &[]))] },
    ))
}

/// `GET /reset?key=…`
pub(super) async fn choose(visit: Visit) -> Page {
    let form = visit.query.clone();
    Ok(show_reset(&visit, form))
}

/// `POST /reset`
pub(super) async fn reset(Posted(visit, form): Posted) -> Page {
    let new = form.value("password").to_owned();
    match visit.market().reset_password(form.value("key"), new, &visit.agent).await {
        Ok(session) => Ok(visit.keep_session(&session, false, see_other("/"))),
        Err(refusal) => Ok(show_reset(&visit, form.refused(&refusal, &visit))),
    }
}

fn show_forgot(visit: &Visit, form: Filled) -> Response {
    let page = visit.frame(visit.words("forgot-title", &[]));
    visit.page(form.status(), &ForgotPage { page, form })
}

fn show_reset(visit: &Visit, form: Filled) -> Response {
    let page = visit.frame(visit.words("reset-title", &[]));
    visit.page(form.status(), &ResetPage { page, form })
}
