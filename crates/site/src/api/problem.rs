//! Every no, as problem details (RFC 9457).

use crate::answer::{Answer, answer, plain};
use crate::words::Language;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use market::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

/// Why something was not done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    #[schema(example = "/api/v1/refusals#too_low")]
    kind: String,
    /// What happened, in words for people.
    #[schema(example = "That is too low: please offer at least 12.50 EUR.")]
    title: String,
    /// The HTTP status again.
    status: u16,
    /// The stable code: programs decide by this.
    #[schema(example = "too_low")]
    code: &'static str,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldShape>,
    /// The amount that would do, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    /// What it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
struct FieldShape {
    /// The field.
    field: &'static str,
    /// A stable word for what is wrong with it.
    problem: &'static str,
    /// The same in words for people.
    words: String,
}

/// A refusal on its way out.
#[derive(Debug)]
pub(super) struct Refused(pub Refusal);

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        Refused(refusal)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        refused(&self.0)
    }
}

/// The response to a refusal. The API speaks English: programs go by the code.
pub fn refused(refusal: &Refusal) -> Response {
    respond(answer(refusal, english()))
}

/// There is nothing at this address.
pub async fn nothing_here() -> Response {
    respond(plain("not_found", english(), &[]))
}

/// The address does not take this method.
pub async fn no_such_method() -> Response {
    respond(plain("method_not_allowed", english(), &[]))
}

/// The body was not read, for the reason of this code.
pub(super) fn unread(code: &'static str) -> Response {
    respond(plain(code, english(), &[]))
}

fn english() -> Language {
    Language::english()
}

fn respond(answer: Answer) -> Response {
    let fields = answer.fields.into_iter();
    let (amount, currency) = answer.amount.unzip();
    let problem = Problem {
        kind: format!("/api/v1/refusals#{}", answer.code),
        title: answer.words,
        status: answer.status.as_u16(),
        code: answer.code,
        fields: fields
            .map(|f| FieldShape { field: as_sent(f.field), problem: f.problem, words: f.words })
            .collect(),
        amount,
        currency,
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let kind = HeaderValue::from_static("application/problem+json");
    let mut response = (answer.status, [(CONTENT_TYPE, kind)], body).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if answer.status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(seconds) = answer.retry_after_seconds {
        headers.insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// The name that a field has in the API: there a span says what it is counted in.
fn as_sent(field: &'static str) -> &'static str {
    match field {
        "clock_interval" => "clock_interval_seconds",
        "extension_window" => "extension_window_seconds",
        "extension_cap" => "extension_cap_seconds",
        other => other,
    }
}
