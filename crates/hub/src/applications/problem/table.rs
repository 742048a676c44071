//! All codes: what they mean, and their status.

use super::super::event::PROBLEMS;
use axum::http::StatusCode;
use std::fmt::Write;

/// A code, its status, its words.
type Row = (&'static str, StatusCode, &'static str);

const ROWS: [Row; 21] = [
    ("not_found", StatusCode::NOT_FOUND, "There is nothing here."),
    ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED, "This address does not take this method."),
    ("unauthorized", StatusCode::UNAUTHORIZED, "A valid token must be sent as `Authorization: Bearer`."),
    (
        "unsupported_media_type",
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "This hub takes CloudEvents in JSON, in UTF-8, or in binary mode.",
    ),
    ("not_json", StatusCode::BAD_REQUEST, "The body is not the JSON that belongs here."),
    (
        "invalid_event",
        StatusCode::BAD_REQUEST,
        "The event breaks a rule of CloudEvents 1.0; `fields` says which.",
    ),
    ("too_large", StatusCode::PAYLOAD_TOO_LARGE, "An event may have 64 KiB."),
    ("too_many_events", StatusCode::PAYLOAD_TOO_LARGE, "A batch may have 256 events."),
    ("id_reused", StatusCode::CONFLICT, "Another event with the same `source` and `id` was taken before."),
    ("too_much", StatusCode::TOO_MANY_REQUESTS, "The network takes no more from this origin now."),
    ("invalid_parameter", StatusCode::BAD_REQUEST, "A parameter of the address is not known or not right."),
    ("invalid_webhook", StatusCode::BAD_REQUEST, "A field of the webhook is not known or not right."),
    ("address_not_allowed", StatusCode::FORBIDDEN, "This hub does not connect to that address."),
    ("not_reached", StatusCode::BAD_GATEWAY, "The address of the webhook could not be asked for permission."),
    ("too_many_webhooks", StatusCode::CONFLICT, "A token may have no more webhooks."),
    ("wrong_key", StatusCode::FORBIDDEN, "The key of the confirmation is not right."),
    (
        "cloned",
        StatusCode::SERVICE_UNAVAILABLE,
        "This hub was cloned and posts nothing until its webmaster resumes it.",
    ),
    (
        "wrong_clock",
        StatusCode::SERVICE_UNAVAILABLE,
        "All neighbours of this hub say that its clock is wrong.",
    ),
    ("stopping", StatusCode::SERVICE_UNAVAILABLE, "This hub is stopping."),
    (
        "failed",
        StatusCode::SERVICE_UNAVAILABLE,
        "The hub failed. Ask again with the same `id`: that is harmless.",
    ),
    ("broken", StatusCode::INTERNAL_SERVER_ERROR, "The hub has a defect."),
];

/// The row of a code.
pub(super) fn row(code: &str) -> Row {
    let found = ROWS.iter().find(|row| row.0 == code);
    debug_assert!(found.is_some(), "no row for the problem {code:?}");
    found.copied().unwrap_or(("broken", StatusCode::INTERNAL_SERVER_ERROR, "The hub has a defect."))
}

/// All codes as a table in Markdown, and the words for fields of events.
pub fn markdown() -> String {
    let mut text = "| code | status | what it means |\n|---|---|---|\n".to_owned();
    for (code, status, words) in ROWS {
        writeln!(text, "| `{code}` | {} | {words} |", status.as_u16()).unwrap_or_default();
    }
    text.push_str("\nThe fields of an `invalid_event`:\n\n| problem | the attribute … |\n|---|---|\n");
    for (problem, words) in PROBLEMS {
        writeln!(text, "| `{problem}` | {words} |").unwrap_or_default();
    }
    text
}
