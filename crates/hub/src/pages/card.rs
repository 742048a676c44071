//! `/.well-known/anuko-hub`: binds the key of the hub to its domain, and says whom to ask.

use super::Pages;
use crate::envelope::BYTES_MOST;
use crate::frame::SUB_PROTOCOL;
use crate::settings::Join;
use serde_json::{Value, json};

pub(super) fn card(pages: &Pages) -> Value {
    let (settings, limits) = (&pages.settings, &pages.settings.limits);
    let join = match settings.join {
        Join::Approve => "approve",
        Join::Open => "open",
        Join::List => "list",
    };
    json!({
        "key": pages.door.carrier.identity().to_string(),
        "url": settings.address.as_str(),
        "protocol": SUB_PROTOCOL,
        "name": settings.name,
        "contact": settings.contact,
        "software": concat!("anuko-hub ", env!("CARGO_PKG_VERSION")),
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
