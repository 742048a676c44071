//! The settings of the webmaster as those of the hub behind the doors.

use super::tls::roots;
use crate::settings::{Join, LimitSettings, Settings, Spread};
use crate::{HubSettings, HubUrl, Limits, LinkLimits, NodeSettings, Span, node};
use anyhow::{Context, Result};
use std::time::Duration;

/// All of them: for the program, and for whoever has a hub in his own process and lets its webmaster set the same.
pub fn of(settings: &Settings) -> Result<HubSettings> {
    Ok(HubSettings {
        address: settings.address.as_str().to_owned(),
        hosts: settings.hosts.clone(),
        upstreams: upstreams(settings)?,
        allow_private_addresses: settings.allow_private_addresses,
        retention_bytes: settings.retention_bytes,
        readers: size(settings.readers),
        node: node_settings(settings),
        links: links(settings),
        extra_roots: roots(&settings.tls)?,
        ..HubSettings::new(&settings.data, &settings.name)
    })
}

fn upstreams(settings: &Settings) -> Result<Vec<HubUrl>> {
    let read = |text: String| text.parse().with_context(|| format!("{text} cannot be dialled"));
    settings.upstreams.iter().map(|upstream| read(upstream.to_string())).collect()
}

fn node_settings(settings: &Settings) -> NodeSettings {
    NodeSettings {
        join: match settings.join {
            Join::Approve => node::Join::Approve,
            Join::Open => node::Join::Open,
            Join::List => node::Join::List(settings.list.clone()),
        },
        flood: settings.spread == Spread::Flood,
        limits: settings.limits.enforce.then(|| limits(&settings.limits)),
        retention: Span::days(settings.retention_days),
        neighbours_most: size(settings.limits.neighbours),
    }
}

fn limits(settings: &LimitSettings) -> Limits {
    let usual = Limits::default();
    Limits {
        envelopes_per_second: count(settings.envelopes_per_second),
        envelopes_burst: count(settings.envelopes_burst),
        bytes_per_second: settings.bytes_per_second,
        // A second's worth always fits.
        bytes_burst: usual.bytes_burst.max(settings.bytes_per_second),
        bytes_per_day: settings.bytes_per_day,
        origins_most: size(settings.origins),
        new_origins_per_minute: count(settings.new_origins_per_minute),
        new_origins_per_link: count(settings.origins_per_link),
    }
}

fn links(settings: &Settings) -> LinkLimits {
    let (limits, links) = (&settings.limits, &settings.links);
    LinkLimits {
        greeting: Duration::from_secs(links.greeting_seconds),
        ping: Duration::from_secs(links.ping_seconds),
        silence: Duration::from_secs(links.dead_seconds),
        bytes_per_second: if limits.enforce { limits.link_bytes_per_second } else { u64::MAX },
        ..LinkLimits::default()
    }
}

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Overrides;

    fn mapped(variables: &[(&str, &str)]) -> HubSettings {
        let variables =
            variables.iter().map(|(name, value)| (format!("ANUKO_HUB_{name}"), (*value).to_owned()));
        of(&Settings::load(&Overrides::default(), variables, None).unwrap()).unwrap()
    }

    #[test]
    fn the_defaults_of_both_sides_are_the_same() {
        let (mapped, usual) = (mapped(&[]), HubSettings::new("./hub-data", "Anuko Hub"));
        let node = |settings: &HubSettings| format!("{:?}", settings.node);
        assert_eq!(node(&mapped), node(&usual));
        assert_eq!(format!("{:?}", mapped.links), format!("{:?}", usual.links));
        assert_eq!((mapped.retention_bytes, mapped.readers), (usual.retention_bytes, usual.readers));
    }

    #[test]
    fn without_limits_there_are_none() {
        assert!(mapped(&[("LIMITS_ENFORCE", "false")]).node.limits.is_none());
    }

    #[test]
    fn a_hub_may_be_dialled_under_the_name_in_its_address() {
        let mapped =
            mapped(&[("ADDRESS", "wss://hub.example.org/hub"), ("SPREAD", "flood"), ("JOIN", "open")]);
        assert_eq!(mapped.hosts, ["hub.example.org"]);
        assert!(mapped.node.flood && mapped.node.join == node::Join::Open);
    }
}
