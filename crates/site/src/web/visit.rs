//! A request of somebody with a browser: who it is, what was asked, and how the answer gets back.

use super::cross_site::is_cross_site;
use super::filled::Filled;
use super::frame::Frame;
use super::{session, written};
use crate::answer::plain;
use crate::app::Shared;
use crate::words::{Argument, Language, words};
use askama::Template;
use axum::extract::FromRequestParts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, USER_AGENT};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use jiff::tz::TimeZone;
use market::{Identity, Market, Refusal};

/// The answer of a handler: the page, or whatever came in its way.
pub(super) type Page = Result<Response, Refused>;

/// What came in the way of a page. Boxed, because it is rare and large.
pub(super) struct Refused(Box<Response>);

impl From<Response> for Refused {
    fn from(response: Response) -> Refused {
        Refused(Box::new(response))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// A request of somebody with a browser.
pub(super) struct Visit {
    /// What all doors share.
    pub(super) app: Shared,
    /// Who is signed in.
    pub(super) viewer: Option<Identity>,
    /// The secret of the session.
    pub(super) key: Option<String>,
    /// The part of the address behind the question mark.
    pub(super) query: Filled,
    /// What the browser calls itself.
    pub(super) agent: String,
    path: String,
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = Refused;

    /// Everything that somebody may do with a browser comes through here, so forms of other sites stop here.
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Visit, Refused> {
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let mut visit = Visit {
            app: app.clone(),
            viewer: None,
            key: session::key(&parts.headers),
            query: Filled::query(parts.uri.query().unwrap_or_default()),
            agent: agent.to_owned(),
            path: parts.uri.path().to_owned(),
        };
        if is_cross_site(&parts.method, &parts.headers, app.settings.public_url.as_str()) {
            return Err(visit.refused(&plain("cross_site", visit.language(), &[])).into());
        }
        visit.viewer = visit.identify().await?;
        Ok(visit)
    }
}

impl Visit {
    async fn identify(&self) -> Result<Option<Identity>, Refused> {
        let Some(key) = &self.key else { return Ok(None) };
        match self.app.market.identify(key).await {
            Ok(identity) => Ok(Some(identity)),
            // The session has ended.
            Err(Refusal::SignInNeeded) => Ok(None),
            Err(refusal) => Err(self.refuse(&refusal).into()),
        }
    }

    /// Everything that can be done.
    pub(super) fn market(&self) -> &Market {
        &self.app.market
    }

    /// The language that the answer is written in.
    pub(super) fn language(&self) -> Language {
        self.app.language
    }

    /// The zone that times are written in.
    pub(super) fn zone(&self) -> &TimeZone {
        &self.app.settings.time_zone
    }

    /// What is said under a key.
    pub(super) fn words(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        words(self.language(), key, arguments)
    }

    /// Who is signed in; whoever is not is sent to sign in, and back to `then`.
    pub(super) fn who(&self, then: &str) -> Result<&Identity, Refused> {
        self.viewer.as_ref().ok_or_else(|| see_other(&format!("/sign-in?then={then}")).into())
    }

    /// Who is signed in, on a page that is left by signing in and found again after it.
    pub(super) fn who_here(&self) -> Result<&Identity, Refused> {
        self.who(&self.path)
    }

    /// What stands around a page with this title.
    pub(super) fn frame(&self, title: String) -> Frame {
        Frame {
            title,
            site: self.app.settings.name.clone(),
            language: self.language(),
            viewer: self.viewer.clone(),
            path: self.path.clone(),
            networked: self.app.hub.is_some(),
            now: written::machine(self.market().now()),
        }
    }

    /// A page. What somebody who is signed in sees is kept by nobody.
    pub(super) fn page(&self, status: StatusCode, template: &impl Template) -> Response {
        let caching = if self.viewer.is_some() || self.path != "/" { "no-store" } else { "no-cache" };
        match template.render() {
            Ok(html) => {
                (status, [(CACHE_CONTROL, HeaderValue::from_static(caching))], Html(html)).into_response()
            }
            Err(error) => {
                tracing::error!(%error, "a page could not be written: {error}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// Go and look there.
pub(super) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}
