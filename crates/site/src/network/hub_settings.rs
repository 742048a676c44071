//! The settings of the site as those of the hub in its process.

use crate::settings::{PublicUrl, Settings};
use anyhow::Result;
use hub::settings::{Address, Overrides, Settings as OfHub};

/// The longest name that a greeting between hubs holds, in bytes.
const NAME_MOST: usize = hub::NAME_MOST;

/// All of them. What a site does not let its operator decide is as in a hub of its own.
pub fn of(settings: &Settings) -> Result<OfHub> {
    let usual = OfHub::load(&Overrides::default(), std::iter::empty(), None)?;
    let network = &settings.network;
    let address = address(settings);
    Ok(OfHub {
        data: super::folder(settings),
        name: settings.name[..settings.name.floor_char_boundary(NAME_MOST)].to_owned(),
        contact: network.contact.clone(),
        policy: network.policy.clone(),
        hosts: hosts(settings, &address),
        address,
        upstreams: network.upstreams.clone(),
        join: network.join,
        list: network.list.clone(),
        retention_days: u64::from(network.retention_days),
        retention_bytes: network.retention_bytes,
        allow_private_addresses: settings.allow_private_addresses,
        ..usual
    })
}

/// Where others dial this site. An address that only this machine can follow would lead them to themselves.
fn address(settings: &Settings) -> Address {
    let network = &settings.network;
    match (network.downstreams, network.address.is_empty()) {
        (false, _) => Address::default(),
        (true, false) => network.address.clone(),
        (true, true) if settings.public_url.is_local() => Address::default(),
        (true, true) => beside(&settings.public_url),
    }
}

/// The hub answers at the port of the site.
fn beside(url: &PublicUrl) -> Address {
    let scheme = if url.is_secure() { "wss" } else { "ws" };
    let authority = url.as_str().split_once("://").map_or("", |(_, authority)| authority);
    format!("{scheme}://{authority}/hub").parse().unwrap_or_default()
}

fn hosts(settings: &Settings, address: &Address) -> Vec<String> {
    let named = &settings.network.hosts;
    if named.is_empty() && !address.is_empty() { vec![address.host().to_owned()] } else { named.clone() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::settings;
    use hub::settings::Join;

    fn mapped(variables: &[(&str, &str)]) -> OfHub {
        let variables =
            variables.iter().map(|(name, value)| (format!("ANUKO_AUCTION_{name}"), (*value).to_owned()));
        of(&Settings::load(&settings::Overrides::default(), variables, None).unwrap()).unwrap()
    }

    #[test]
    fn what_is_not_set_is_as_in_a_hub_of_its_own() {
        let usual = OfHub::load(&Overrides::default(), std::iter::empty(), None).unwrap();
        let mapped = mapped(&[]);
        assert_eq!(mapped.data, std::path::Path::new("./data/hub"));
        assert_eq!(mapped.name, "Anuko Auction");
        assert_eq!(OfHub { data: usual.data.clone(), name: usual.name.clone(), ..mapped }, usual);
    }

    #[test]
    fn the_address_follows_from_that_of_the_site_where_others_can_follow_it() {
        let at = |url: &str| mapped(&[("PUBLIC_URL", url), ("NETWORK_DOWNSTREAMS", "true")]);
        let known = at("https://auctions.example.org");
        assert_eq!(known.address.as_str(), "wss://auctions.example.org/hub");
        assert_eq!(known.hosts, ["auctions.example.org"]);
        assert_eq!(
            at("http://auctions.example.org:8080").address.as_str(),
            "ws://auctions.example.org:8080/hub"
        );
        let own = at("http://localhost:8080");
        assert!(own.address.is_empty() && own.hosts.is_empty());
        assert!(mapped(&[("PUBLIC_URL", "https://auctions.example.org")]).address.is_empty());
    }

    #[test]
    fn what_is_set_reaches_the_hub() {
        let mapped = mapped(&[
            ("NETWORK_UPSTREAMS", "wss://hub.example.org/hub"),
            ("NETWORK_DOWNSTREAMS", "true"),
            ("NETWORK_JOIN", "open"),
            ("NETWORK_ADDRESS", "wss://other.example.org/hub"),
            ("NETWORK_HOSTS", "one.example.org,two.example.org:8443"),
            ("NETWORK_RETENTION_DAYS", "14"),
            ("NETWORK_RETENTION_BYTES", "33554432"),
        ]);
        assert_eq!(mapped.upstreams[0].address.as_str(), "wss://hub.example.org/hub");
        assert_eq!(mapped.join, Join::Open);
        assert_eq!(mapped.address.as_str(), "wss://other.example.org/hub");
        assert_eq!(mapped.hosts, ["one.example.org", "two.example.org:8443"]);
        assert_eq!((mapped.retention_days, mapped.retention_bytes), (14, 33_554_432));
    }

    #[test]
    fn a_name_of_many_bytes_is_cut_between_two_letters() {
        let mapped = mapped(&[("NAME", &"語".repeat(60))]);
        assert_eq!(mapped.name, "語".repeat(33));
    }
}
