//! Every no to an application, as problem details (RFC 9457) with a stable code.

mod table;

pub use table::markdown;

use super::event::Fault;
use crate::node::PostError;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// A no on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable code.
    pub code: &'static str,
    /// What exactly, where there is more to say than the code says.
    pub detail: Option<String>,
    /// What is wrong with which field.
    pub fault: Option<Fault>,
    /// Which event of a batch, from 0.
    pub event: Option<usize>,
    /// Ask again after so many seconds.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// Nothing more to say.
    pub(super) fn new(code: &'static str) -> Problem {
        Problem { code, detail: None, fault: None, event: None, retry_after: None }
    }

    /// A handler has panicked.
    pub fn broken() -> Problem {
        Problem::new("broken")
    }

    /// With a sentence.
    pub(super) fn because(code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { detail: Some(detail.into()), ..Problem::new(code) }
    }

    /// About this event of a batch.
    pub(super) fn of_event(self, event: usize) -> Problem {
        Problem { event: Some(event), ..self }
    }

    /// The status that goes with the code.
    pub fn status(&self) -> StatusCode {
        table::row(self.code).1
    }

    fn json(&self) -> Map<String, Value> {
        let (_, status, title) = table::row(self.code);
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| drop(body.insert(name.to_owned(), value));
        put("type", format!("/v1/problems#{}", self.code).into());
        put("title", title.into());
        put("status", status.as_u16().into());
        put("code", self.code.into());
        self.detail.iter().for_each(|detail| put("detail", detail.as_str().into()));
        self.event.iter().for_each(|event| put("event", (*event).into()));
        self.fault.iter().for_each(|fault| put("fields", json!([fault])));
        body
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        Problem { fault: Some(fault), ..Problem::new("invalid_event") }
    }
}

impl From<PostError> for Problem {
    fn from(error: PostError) -> Problem {
        match error {
            PostError::NoSuchOrigin => Problem::new("unauthorized"),
            PostError::Unfit => Problem::new("too_large"),
            PostError::TooMuch(seconds) => Problem { retry_after: Some(seconds), ..Problem::new("too_much") },
            PostError::Cloned => Problem::new("cloned"),
            PostError::Clock => Problem::new("wrong_clock"),
            PostError::Failed => Problem { retry_after: Some(1), ..Problem::new("failed") },
        }
    }
}

impl From<journal::Error> for Problem {
    fn from(error: journal::Error) -> Problem {
        tracing::error!(%error, "the database did not do what an application asked: {error}");
        Problem { retry_after: Some(1), ..Problem::new("failed") }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Value::Object(self.json()).to_string();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status(), [(CONTENT_TYPE, kind)], body).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
