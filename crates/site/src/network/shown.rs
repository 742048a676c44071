//! How it stands with the network, as JSON: neighbours as every hub shows them.

use hub::Time;
use hub::pages::neighbour;
use hub::status::Status;
use serde_json::{Value, json};

pub(super) fn shown(card: &Value, status: &Status, now: Time) -> Value {
    let neighbours: Vec<Value> = status.neighbours.iter().map(|one| neighbour(one, now)).collect();
    json!({
        "key": card["key"],
        "name": card["name"],
        "address": card["url"],
        "alarms": status.alarms,
        "neighbours": neighbours,
        "received": status.received,
        "sent": status.sent,
        "discarded": status.discarded,
        "log": { "origins": status.origins, "envelopes": status.envelopes, "bytes": status.bytes },
    })
}
