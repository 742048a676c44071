//! JSON in.

use super::problem::{Refused, unread};
use crate::app::Shared;
use crate::body;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use market::Refusal;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

/// A JSON body. Unknown fields are refused by the shapes themselves, so that a typing error is not silent.
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Shared> for Json<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Shared) -> Result<Json<T>, Response> {
        let bytes = body::read(request.into_body(), &app.settings.limits).await.map_err(unread)?;
        parse(&bytes).map(Json).map_err(|refusal| Refused(refusal).into_response())
    }
}

/// Reads a body.
pub(super) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|error| {
        tracing::debug!(%error, "a body was not what was expected: {error}");
        Refusal::field("body", "not_json")
    })
}

/// The number of an auction, a person or a token.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Numbered {
    /// Its number on this site.
    #[param(minimum = 1, example = 1)]
    #[allow(dead_code, reason = "it is read by `Number`; this describes it")]
    id: i64,
}

/// A number in the path.
pub(super) struct Number(pub(super) i64);

impl FromRequestParts<Shared> for Number {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Number, Refused> {
        let number = Path::<i64>::from_request_parts(parts, app).await;
        number.map(|Path(number)| Number(number)).map_err(|_| Refusal::NoSuchAuction.into())
    }
}

/// The query of an address.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Shared> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Asked<T>, Refused> {
        let query = Query::<T>::from_request_parts(parts, app).await;
        query.map(|Query(asked)| Asked(asked)).map_err(|_| Refusal::field("query", "unknown").into())
    }
}
