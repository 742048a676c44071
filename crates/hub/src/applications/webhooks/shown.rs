//! A webhook as its application sees it.

use super::table::Webhook;
use crate::pages::moment;
use serde_json::{Value, json};

/// A webhook, without its secret.
pub(super) fn shown(webhook: &Webhook) -> Value {
    let filter = &webhook.filter;
    let error = webhook.error.as_ref();
    json!({
        "id": webhook.id,
        "url": webhook.url,
        "state": webhook.state.word(),
        "types": filter.types,
        "sources": filter.sources,
        "own": filter.own,
        "batch": webhook.batch,
        "rate": webhook.rate,
        "delivered": webhook.delivered,
        "attempts": webhook.retry.attempts,
        "next_attempt_at": (webhook.retry.attempts > 0).then(|| moment(webhook.retry.due)),
        "last_error": error.map(|(_, words)| words),
        "last_error_at": error.map(|(at, _)| moment(*at)),
        "created_at": moment(webhook.created_at),
    })
}
