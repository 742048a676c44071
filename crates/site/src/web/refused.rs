//! Pages that say no, where there is no form to say it beside.

use super::frame::Frame;
use super::visit::{Visit, see_other};
use crate::answer::{Answer, answer, plain};
use askama::Template;
use axum::response::Response;
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
pub async fn nothing_here(visit: Visit) -> Response {
    visit.refused(&plain("not_found", visit.language(), &[]))
}

/// The address does not take this method.
pub async fn no_such_method(visit: Visit) -> Response {
    visit.refused(&plain("method_not_allowed", visit.language(), &[]))
}
