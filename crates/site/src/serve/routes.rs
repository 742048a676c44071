//! All doors in one frame.

use super::{bench_route, network};
use crate::app::Shared;
use crate::words::{Language, words};
use crate::{api, rates, web};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Router, http};
use market::Refusal;
use std::collections::BTreeMap;
use tower::util::MapResponseLayer;

/// Everything that the site answers.
pub(super) fn router(app: Shared) -> Router {
    let mut doors = api::router().layer(MapResponseLayer::new(sniffing)).merge(web::router());
    if app.rates.counts_requests() {
        doors = doors.layer(from_fn_with_state(app.clone(), rates::count));
    }
    // Those who watch the site are not counted.
    let mut router = doors.route("/healthz", get(healthz)).route("/metrics", get(metrics));
    if app.settings.bench_route {
        router = router.merge(bench_route::router());
    }
    let router = router.fallback(nothing_here).method_not_allowed_fallback(no_such_method);
    let of_network = network::router(&app);
    router.with_state(app).merge(of_network)
}

/// Browsers must not guess what an answer of the API is.
fn sniffing(mut response: Response) -> Response {
    let name = http::header::X_CONTENT_TYPE_OPTIONS;
    response.headers_mut().insert(name, HeaderValue::from_static("nosniff"));
    response
}

/// Whether a program asks, or somebody with a browser.
pub(super) fn is_api(address: &Uri) -> bool {
    address.path().starts_with("/api/")
}

/// The answer of a handler that has panicked.
pub(super) fn broken(of_api: bool) -> Response {
    if of_api {
        return api::refused(&Refusal::Failed("a handler panicked".to_owned()));
    }
    let words = words(Language::english(), "refused-broken", &[]);
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        Html(format!("<!doctype html><title>{words}</title><h1>{words}</h1>")),
    )
        .into_response()
}

async fn nothing_here(State(app): State<Shared>, request: Request) -> Response {
    if is_api(request.uri()) { api::nothing_here().await } else { web::nothing_here(app, request).await }
}

async fn no_such_method(State(app): State<Shared>, request: Request) -> Response {
    if is_api(request.uri()) { api::no_such_method().await } else { web::no_such_method(app, request).await }
}

/// Whether the site can do its work: it reads the database, and its hub, if it has one, has not failed.
async fn healthz(State(app): State<Shared>) -> Response {
    if let Some(hub) = &app.hub
        && !hub.is_well().await
    {
        return (StatusCode::SERVICE_UNAVAILABLE, "the hub has failed\n").into_response();
    }
    match app.market.read(|tx| Ok(store::entries::newest(tx)?)).await {
        Ok(_) => ([(CACHE_CONTROL, "no-store")], "ok\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// What is counted, for Prometheus.
async fn metrics(State(app): State<Shared>) -> Response {
    let letters = app.market.letter_counts().await;
    let open = app.market.read(|tx| Ok(store::auctions::count_published(tx)?)).await;
    match (letters, open, passed_over(&app).await) {
        (Ok(letters), Ok(open), Ok(passed)) => {
            let mut page = app.metrics.page(letters, app.live.watchers(), open, passed);
            if let Some(hub) = &app.hub
                && let Some(more) = hub.counted().await
            {
                page = joined(&page, &more);
            }
            ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], page)
                .into_response()
        }
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// What was not taken in of other sites, by reason; nothing on a site that stands alone.
async fn passed_over(app: &Shared) -> Result<BTreeMap<String, i64>, Refusal> {
    let mut sums = BTreeMap::new();
    if app.hub.is_some() {
        for passed in app.market.read(|tx| Ok(store::passed_over::all(tx)?)).await? {
            *sums.entry(passed.reason).or_default() += passed.count;
        }
    }
    Ok(sums)
}

/// Two pages of counters as one: each ends with a mark, and nothing may stand behind that.
fn joined(page: &str, more: &str) -> String {
    format!("{}{more}", page.strip_suffix("# EOF\n").unwrap_or(page))
}
