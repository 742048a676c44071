//! Addresses and ranges of addresses.

use settings::kind::quote;
use settings::{Kind, Value};
use std::fmt;
use std::net::IpAddr;

/// An address, or all addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// Whether an address belongs to it. An IPv4 address in the clothes of IPv6 is an IPv4 address.
    pub fn contains(&self, other: IpAddr) -> bool {
        let other = other.to_canonical();
        let (own, own_width) = number(self.address);
        let (other, other_width) = number(other);
        let rest = own_width - self.bits;
        own_width == other_width && own.checked_shr(rest) == other.checked_shr(rest)
    }

    /// Whether it is the whole world.
    pub fn is_everybody(&self) -> bool {
        self.bits == 0
    }

    fn parse(text: &str) -> Option<Network> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let (_, width) = number(address);
        let bits = bits.map_or(Some(width), |bits| bits.parse().ok())?;
        (bits <= width).then_some(Network { address, bits })
    }
}

fn number(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Network { address, bits } = self;
        if *bits == number(*address).1 { write!(f, "{address}") } else { write!(f, "{address}/{bits}") }
    }
}

impl Kind for Network {
    type Of = Network;

    fn expects() -> String {
        "an address or a range such as \"127.0.0.1\", \"10.0.0.0/8\" or \"fd00::/8\"".to_owned()
    }

    fn read(value: &Value) -> Option<Network> {
        Network::parse(value.text()?.trim())
    }

    fn write(network: &Network) -> String {
        quote(&network.to_string())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_range_holds_what_begins_alike() {
        for (network, address, holds) in [
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "::ffff:127.0.0.1", true),
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("fd00::/8", "fdff::1", true),
            ("fd00::/8", "fe00::1", false),
            ("::1", "::1", true),
        ] {
            let network = Network::parse(network).unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), holds, "{network} {address}");
        }
    }

    #[test]
    fn a_range_is_not_longer_than_an_address() {
        for wrong in ["10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "host", ""] {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }
}
