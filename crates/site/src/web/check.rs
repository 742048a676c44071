//! The second step: what is about to happen, said once more before it counts.

use super::filled::Filled;
use super::frame::Frame;
use super::visit::Visit;
use askama::Template;
use axum::response::Response;
use http::StatusCode;

/// What is about to happen.
pub(super) struct Check {
    /// The question.
    pub(super) title: String,
    /// The item that it is about.
    pub(super) item: String,
    /// The amount that it is about, large.
    pub(super) amount: Option<String>,
    /// What will happen.
    pub(super) lines: Vec<String>,
    /// The button that does it.
    pub(super) button: String,
    /// Where it is sent.
    pub(super) action: String,
    /// Where to go without doing it.
    pub(super) back: String,
    /// What was filled in.
    pub(super) form: Filled,
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    page: Frame,
    check: Check,
}

impl Check {
    /// The page.
    pub(super) fn show(self, visit: &Visit) -> Response {
        let page = visit.frame(self.title.clone());
        visit.page(StatusCode::OK, &CheckPage { page, check: self })
    }
}
