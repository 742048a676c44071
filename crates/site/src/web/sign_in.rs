//! Signing in and out.

use super::filled::Filled;
use super::frame::Frame;
use super::posted::Posted;
use super::session::local;
use super::visit::{Page, Visit, see_other};
use askama::Template;
use axum::response::Response;
use market::actions::SignIn;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    page: Frame,
    form: Filled,
}

/// `GET /sign-in?then=…`
pub(super) async fn page(visit: Visit) -> Page {
    let then = local(visit.query.value("then")).to_owned();
    if visit.viewer.is_some() {
        return Ok(see_other(&then));
    }
    Ok(show(&visit, Filled::with([("then", then)])))
}

/// `POST /sign-in`
pub(super) async fn send(Posted(visit, form): Posted) -> Page {
    let remember = form.is("remember", "yes");
    let request = SignIn {
        email: form.value("email").to_owned(),
        password: form.value("password").to_owned(),
        remember,
        agent: visit.agent.clone(),
    };
    match visit.market().sign_in(request).await {
        Ok(session) => Ok(visit.keep_session(&session, remember, see_other(local(form.value("then"))))),
        Err(refusal) => Ok(show(&visit, form.refused(&refusal, &visit))),
    }
}

/// `POST /sign-out`
pub(super) async fn out(Posted(visit, _): Posted) -> Page {
    if let Some(key) = &visit.key {
        visit.market().sign_out(key).await.map_err(|refusal| visit.refuse(&refusal))?;
    }
    Ok(visit.drop_session(see_other("/")))
}

fn show(visit: &Visit, form: Filled) -> Response {
    let page = visit.frame(visit.words("sign-in-title", &[]));
    visit.page(form.status(), &SignInPage { page, form })
}
