//! Pages about the hub: `/status` for people and programs, `/healthz`, `/metrics`, `/.well-known/anuko-hub`.

mod card;
mod recent;
mod shown;
mod status_page;

pub use card::card;
pub use recent::Recent;
pub use shown::{moment, neighbour};

use crate::applications::Door;
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::time::Time;
use axum::Router;
use axum::extract::State;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use std::sync::Arc;

/// What the pages show.
pub struct Pages {
    /// The hub.
    pub door: Arc<Door>,
    /// What is counted.
    pub metrics: Metrics,
    /// What its webmaster decided.
    pub settings: Settings,
    /// When it was started.
    pub started: Time,
    /// How it stood a moment ago.
    pub recent: Recent,
}

/// The routes, to be mounted at the root.
pub fn router(pages: Arc<Pages>) -> Router {
    Router::new()
        .route("/", get(async || Redirect::temporary("/status")))
        .route("/status", get(status))
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .route("/.well-known/anuko-hub", get(own_card))
        .with_state(pages)
}

/// A page for browsers, JSON for everybody else.
async fn status(State(pages): State<Arc<Pages>>, headers: HeaderMap) -> Response {
    let Ok(status) = pages.recent.status(&pages.door).await else { return no_answer() };
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let fresh = [(CACHE_CONTROL, "no-store"), (VARY, "Accept")];
    if !accept.contains("text/html") {
        let json = shown::status(&pages, &status, pages.door.now());
        return (fresh, axum::Json(json)).into_response();
    }
    match status_page::html(&pages, &status, pages.door.now()) {
        Ok(html) => {
            // The page has its style inside and needs nothing else.
            let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            let kind = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, policy)];
            (fresh, kind, html).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the page about the hub failed: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Whether the hub can do its work.
async fn healthz(State(pages): State<Arc<Pages>>) -> Response {
    if pages.door.carrier.is_well().await {
        ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
    } else {
        no_answer()
    }
}

async fn metrics(State(pages): State<Arc<Pages>>) -> Response {
    let Ok(status) = pages.recent.status(&pages.door).await else { return no_answer() };
    let kind = [(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    (kind, pages.metrics.page(&status, pages.door.now())).into_response()
}

async fn own_card(State(pages): State<Arc<Pages>>) -> Response {
    let software = concat!("anuko-hub ", env!("CARGO_PKG_VERSION"));
    axum::Json(card(&pages.settings, pages.door.carrier.identity(), software)).into_response()
}

fn no_answer() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "the hub does not answer\n").into_response()
}

#[cfg(test)]
mod tests;
