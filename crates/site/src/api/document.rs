//! The OpenAPI document, generated from the code, and the list of refusals.

use super::problem::Problem;
use crate::app::Shared;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use std::sync::LazyLock;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Info, License, OpenApi};
use utoipa::{Modify, OpenApi as _};

/// What every document begins with.
#[derive(utoipa::OpenApi)]
#[openapi(modifiers(&Key), components(schemas(Problem)))]
struct Frame;

/// The way to show a key.
struct Key;

impl Modify for Key {
    fn modify(&self, document: &mut OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
            "A personal token, made on the page of one's account, or the key of a session.",
        ));
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("key", SecurityScheme::Http(bearer.build()));
    }
}

pub(super) fn frame() -> OpenApi {
    let mut document = Frame::openapi();
    let mut info = Info::new("Anuko Auction Server", env!("CARGO_PKG_VERSION"));
    info.description = Some(ABOUT.to_owned());
    let mut license = License::new("Apache License 2.0");
    license.identifier = Some("Apache-2.0".to_owned());
    info.license = Some(license);
    document.info = info;
    document
}

const ABOUT: &str = "Everything that can be done on the site. Amounts are decimal strings beside a currency, \
times RFC 3339 in UTC. Every refusal is a problem (RFC 9457) with a stable code; /api/v1/refusals lists them. \
Lists go on at `next`. Send an `Idempotency-Key` with commands: asking again has no second effect.";

static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    let document = super::documented().split_for_parts().1;
    document.to_pretty_json().unwrap_or_default()
});

/// The OpenAPI document as JSON.
pub fn document() -> &'static str {
    &DOCUMENT
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "about", responses(
    (status = 200, description = "OpenAPI 3.1", content_type = "application/json", body = serde_json::Value),
))]
pub(super) async fn serve() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], document())
}

/// Every refusal: code, status and words, as Markdown.
#[utoipa::path(get, path = "/api/v1/refusals", tag = "about", responses(
    (status = 200, description = "Markdown", content_type = "text/markdown", body = String),
))]
pub(super) async fn refusals(State(app): State<Shared>) -> impl IntoResponse {
    let text = crate::refusals::markdown(app.language);
    ([(CONTENT_TYPE, "text/markdown; charset=utf-8"), (CACHE_CONTROL, "no-cache")], text)
}
