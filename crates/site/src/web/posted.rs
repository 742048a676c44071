//! What comes with a request beside its visitor: a form that was sent, a number in the path.

use super::filled::Filled;
use super::visit::{Refused, Visit};
use crate::answer::plain;
use crate::app::Shared;
use crate::body;
use axum::Form;
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use http::request::Parts;
use market::Refusal;

/// A form that somebody has sent.
pub(super) struct Posted(pub(super) Visit, pub(super) Filled);

impl FromRequest<Shared> for Posted {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &Shared) -> Result<Posted, Refused> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let bytes = match body::read(body, &app.settings.limits).await {
            Ok(bytes) => bytes,
            Err(code) => return Err(visit.refused(&plain(code, visit.language(), &[])).into()),
        };
        let request = Request::from_parts(parts, Body::from(bytes));
        match Form::<Vec<(String, String)>>::from_request(request, app).await {
            Ok(Form(values)) => Ok(Posted(visit, Filled::typed(values))),
            Err(_) => Err(visit.refuse(&Refusal::field("form", "unknown")).into()),
        }
    }
}

/// The number of an auction in the path.
pub(super) struct Number(pub(super) i64);

impl FromRequestParts<Shared> for Number {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Number, Refused> {
        if let Ok(Path(number)) = Path::<i64>::from_request_parts(parts, app).await {
            return Ok(Number(number));
        }
        let visit = Visit::from_request_parts(parts, app).await?;
        Err(visit.refuse(&Refusal::NoSuchAuction).into())
    }
}
