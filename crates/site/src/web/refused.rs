//! Pages that say no, where there is no form to say it beside.

use super::frame::Frame;
use super::headers;
use super::visit::{Visit, see_other};
use crate::answer::{Answer, answer, plain};
use crate::app::Shared;
use askama::Template;
use axum::extract::{FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::RETRY_AFTER;
use market::Refusal;

#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage {
    page: Frame,
    words: String,
}

impl Visit {
    /// The page of a refusal. Who is to sign in is sent there.
    pub(super) fn refuse(&self, refusal: &Refusal) -> Response {
        match refusal {
            Refusal::SignInNeeded => see_other("/sign-in"),
            _ => self.refused(&answer(refusal, self.language())),
        }
    }

    /// The page of an answer that says no.
    pub(super) fn refused(&self, answer: &Answer) -> Response {
        let key = match answer.status {
            StatusCode::NOT_FOUND => "refused-not-found",
            status if status.is_server_error() => "refused-broken",
            _ => "refused-title",
        };
        let page = self.frame(self.words(key, &[]));
        let mut response = self.page(answer.status, &RefusedPage { page, words: answer.words.clone() });
        if let Some(seconds) = answer.retry_after_seconds {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// There is nothing at this address.
pub async fn nothing_here(app: Shared, request: Request) -> Response {
    no(app, request, "not_found").await
}

/// The address does not take this method.
pub async fn no_such_method(app: Shared, request: Request) -> Response {
    no(app, request, "method_not_allowed").await
}

/// Nobody came as far as a page.
pub async fn refused(app: Shared, request: Request, refusal: &Refusal) -> Response {
    let (mut parts, _) = request.into_parts();
    let response = match Visit::from_request_parts(&mut parts, &app).await {
        Ok(visit) => visit.refuse(refusal),
        Err(refused) => refused.into_response(),
    };
    headers::secured(response)
}

/// What has no route has not passed what stands before the routes either.
async fn no(app: Shared, request: Request, code: &'static str) -> Response {
    let (mut parts, _) = request.into_parts();
    let response = match Visit::from_request_parts(&mut parts, &app).await {
        Ok(visit) => visit.refused(&plain(code, visit.language(), &[])),
        Err(refused) => refused.into_response(),
    };
    headers::secured(response)
}
