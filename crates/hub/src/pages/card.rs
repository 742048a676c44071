//! `/.well-known/anuko-hub`: binds the key of the hub to its domain, and says whom to ask.

use crate::envelope::BYTES_MOST;
use crate::frame::SUB_PROTOCOL;
use crate::key::PublicKey;
use crate::settings::{Join, Settings};
use serde_json::{Value, json};

/// The card of a hub with these settings and this key.
pub fn card(settings: &Settings, key: PublicKey, software: &str) -> Value {
    let limits = &settings.limits;
    let join = match settings.join {
        Join::Approve => "approve",
        Join::Open => "open",
        Join::List => "list",
    };
    json!({
        "key": key.to_string(),
        "url": settings.address.as_str(),
        "protocol": SUB_PROTOCOL,
        "name": settings.name,
        "contact": settings.contact,
        "software": software,
        "policy": settings.policy,
        "join": join,
        "limits": {
            "envelope_bytes": BYTES_MOST,
            "envelopes_per_second": limits.envelopes_per_second,
            "envelopes_burst": limits.envelopes_burst,
            "bytes_per_second": limits.bytes_per_second,
            "bytes_per_day": limits.bytes_per_day,
            "retention_days": settings.retention_days,
        },
    })
}
