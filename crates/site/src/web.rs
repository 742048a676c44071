//! The door for people.

use crate::app::Shared;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};

/// The routes of the pages.
pub fn router() -> Router<Shared> {
    Router::new()
}

/// There is nothing at this address.
pub async fn nothing_here(_app: Shared, _request: Request) -> Response {
    http::StatusCode::NOT_FOUND.into_response()
}

/// The address does not take this method.
pub async fn no_such_method(_app: Shared, _request: Request) -> Response {
    http::StatusCode::METHOD_NOT_ALLOWED.into_response()
}
