//! Style, script and icon. Their names hold a digest of their content, so a browser may keep them for ever.

use super::visit::Visit;
use crate::answer::plain;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

/// A file that pages need.
pub(super) struct Asset {
    /// Where it is.
    pub(super) path: String,
    kind: &'static str,
    content: &'static str,
}

/// The style of all pages.
pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    asset("style", "css", "text/css; charset=utf-8", include_str!("../../assets/style.css"))
});

/// Live prices and countdowns.
pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    asset("live", "js", "text/javascript; charset=utf-8", include_str!("../../assets/live.js"))
});

/// The icon of the site.
pub(super) static ICON: LazyLock<Asset> =
    LazyLock::new(|| asset("icon", "svg", "image/svg+xml", include_str!("../../assets/icon.svg")));

fn asset(name: &str, ending: &str, kind: &'static str, content: &'static str) -> Asset {
    let mut digest = DefaultHasher::new();
    content.hash(&mut digest);
    Asset { path: format!("/assets/{name}-{:016x}.{ending}", digest.finish()), kind, content }
}

/// `GET /assets/{name}`
pub(super) async fn serve(visit: Visit, Path(name): Path<String>) -> Response {
    let path = format!("/assets/{name}");
    let found = [&STYLE, &SCRIPT, &ICON].into_iter().find(|asset| asset.path == path);
    match found {
        Some(asset) => {
            let headers =
                [(CONTENT_TYPE, asset.kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, asset.content).into_response()
        }
        None => visit.refused(&plain("not_found", visit.language(), &[])),
    }
}
