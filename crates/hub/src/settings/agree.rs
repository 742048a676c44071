//! What settings owe each other: gaps that another one fills, and pairs that must fit.

use super::kind::choice::Join;
use super::problem::Problem;
use super::raw::Raw;
use super::table::Settings;

pub(super) fn agree(mut settings: Settings, raw: &mut Raw) -> Settings {
    if settings.hosts.is_empty() && !settings.address.is_empty() {
        settings.hosts = vec![settings.address.host().to_owned()];
    }
    raw.problems.extend(quarrels(&settings));
    settings
}

fn quarrels(settings: &Settings) -> Vec<Problem> {
    let mut quarrels = Vec::new();
    if settings.join != Join::List && !settings.list.is_empty() {
        let says = "has keys, but `join` is not \"list\"";
        quarrels.push(Problem::between("list", says));
    }
    if settings.tls.certificate.as_os_str().is_empty() != settings.tls.key.as_os_str().is_empty() {
        let says = "must be given together with `tls.key`, or not at all";
        quarrels.push(Problem::between("tls.certificate", says));
    }
    if settings.limits.envelopes_burst < settings.limits.envelopes_per_second {
        let says = "must not be below `limits.envelopes_per_second`";
        quarrels.push(Problem::between("limits.envelopes_burst", says));
    }
    if settings.links.dead_seconds <= settings.links.ping_seconds {
        let says = "must be more than `links.ping_seconds`, or every link dies between two pings";
        quarrels.push(Problem::between("links.dead_seconds", says));
    }
    quarrels
}
