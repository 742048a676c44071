//! How everything stands, as JSON.

use super::Pages;
use crate::status::{Neighbour, Status};
use crate::time::Time;
use jiff::Timestamp;
use serde_json::{Value, json};

/// A time as everywhere in answers.
pub fn moment(time: Time) -> String {
    let micros = i64::try_from(time.0).unwrap_or(i64::MAX);
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX).to_string()
}

/// Everything.
pub(super) fn status(pages: &Pages, status: &Status, now: Time) -> Value {
    let neighbours: Vec<Value> = status.neighbours.iter().map(|one| neighbour(one, now)).collect();
    json!({
        "name": pages.settings.name,
        "key": pages.door.carrier.identity().to_string(),
        "address": pages.settings.address.as_str(),
        "software": concat!("anuko-hub ", env!("CARGO_PKG_VERSION")),
        "time": moment(now),
        "started_at": moment(pages.started),
        "alarms": status.alarms,
        "neighbours": neighbours,
        "received": status.received,
        "hops": status.hops,
        "refused_greetings": status.refused_greetings,
        "sent": status.sent,
        "redundancy": status.redundancy(),
        "discarded": status.discarded,
        "log": { "origins": status.origins, "envelopes": status.envelopes, "bytes": status.bytes },
    })
}

/// One neighbour.
pub fn neighbour(one: &Neighbour, now: Time) -> Value {
    let account = &one.account;
    let error = one.last_error.as_ref();
    json!({
        "key": one.key.to_string(),
        "name": one.name,
        "address": one.address,
        "upstream": one.is_upstream,
        "standing": one.standing_word(),
        "linked": one.linked_since.is_some(),
        "linked_since": one.linked_since.map(moment),
        "last_seen_at": one.last_seen.map(moment),
        "state": one.in_words(now),
        "attempts": one.attempts,
        "next_attempt_at": one.next_attempt.map(moment),
        "deactivated_at": one.deactivated_since.map(moment),
        "lag_messages": one.lag_messages,
        "lag_seconds": one.lag_seconds(now),
        "accepted": account.accepted,
        "delivered": account.delivered,
        "waiting": account.waiting,
        "discarded": account.discarded,
        "recovered": account.recovered,
        "last_error": error.map(|(_, words)| words),
        "last_error_at": error.map(|(at, _)| moment(*at)),
    })
}
