//! Opening an account: register, look at your mail, confirm.

use super::filled::Filled;
use super::frame::Frame;
use super::posted::Posted;
use super::visit::{Page, Visit, see_other};
use crate::settings::Registration;
use askama::Template;
use axum::response::Response;
use http::StatusCode;
use market::Refusal;
use market::actions::Register;

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    page: Frame,
    form: Filled,
}

/// A page that only says something: a few sentences, and perhaps a link to go on.
#[derive(Template)]
#[template(path = "note.html")]
pub(super) struct Note {
    pub(super) page: Frame,
    pub(super) lines: Vec<String>,
    pub(super) links: Vec<(&'static str, String)>,
}

/// `GET /register`
pub(super) async fn page(visit: Visit) -> Page {
    if visit.app.settings.registration == Registration::Closed {
        return Ok(visit.refuse(&Refusal::RegistrationClosed));
    }
    Ok(show(&visit, Filled::default()))
}

/// `POST /register`
pub(super) async fn send(Posted(visit, form): Posted) -> Page {
    match visit.market().register(account(&form)).await {
        Ok(()) => Ok(see_other("/register/sent")),
        Err(refusal) => Ok(show(&visit, form.refused(&refusal, &visit))),
    }
}

/// What a person gives to open an account.
pub(super) fn account(form: &Filled) -> Register {
    Register {
        email: form.value("email").to_owned(),
        name: form.value("name").to_owned(),
        password: form.value("password").to_owned(),
    }
}

/// `GET /register/sent`: look at your mail. The same for everybody, whether or not the address was known.
pub(super) async fn sent(visit: Visit) -> Page {
    let page = visit.frame(visit.words("register-sent-title", &[]));
    let lines = ["register-sent-letter", "register-sent-nothing"].map(|key| visit.words(key, &[])).into();
    Ok(visit.page(
        StatusCode::OK,
        &Note { page, lines, links: vec![("/register", visit.words("register-again", &[]))] },
    ))
}

fn show(visit: &Visit, form: Filled) -> Response {
    let page = visit.frame(visit.words("register-title", &[]));
    visit.page(form.status(), &RegisterPage { page, form })
}
