//! Who calls: the application behind a bearer token.

use super::Door;
use super::problem::Problem;
use super::tokens::Application;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use std::sync::Arc;

/// The application that calls.
pub(super) struct Caller(pub(super) Arc<Application>);

impl FromRequestParts<Arc<Door>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<Caller, Problem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(bearer).ok_or(Problem::new("unauthorized"))?;
        door.tokens.find(token).map(Caller).ok_or(Problem::new("unauthorized"))
    }
}

/// The scheme is written in any case (RFC 9110, 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
