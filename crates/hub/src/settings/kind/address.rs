//! Where a hub can be dialled.

use crate::ADDRESS_MOST;
use http::Uri;
use settings::kind::quote;
use settings::{Kind, Value};
use std::fmt;
use std::str::FromStr;

/// The address of a hub, `wss://host/hub`; empty if it can be dialled nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the link is encrypted.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("wss://")
    }

    /// Host and port as they are dialled, and as both sides sign them; the port only if it is written.
    pub fn host(&self) -> &str {
        let behind = self.0.split_once("://").map_or("", |(_, behind)| behind);
        behind.split('/').next().unwrap_or_default()
    }

    /// The name to be resolved, an IPv6 address without its brackets, and the port.
    pub fn name_and_port(&self) -> (String, u16) {
        let usual = if self.is_secure() { 443 } else { 80 };
        let authority: Option<http::uri::Authority> = self.host().parse().ok();
        let port = authority.as_ref().and_then(http::uri::Authority::port_u16);
        let name = authority.as_ref().map_or("", http::uri::Authority::host);
        (name.trim_matches(['[', ']']).to_owned(), port.unwrap_or(usual))
    }

    /// The address of a page of the same hub whose path begins with a slash.
    pub fn page(&self, path: &str) -> String {
        let scheme = if self.is_secure() { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.host())
    }

    /// Reads one that is not empty: scheme, host, perhaps a port and a path.
    pub(super) fn parse(text: &str) -> Option<Address> {
        let uri: Uri = text.parse().ok()?;
        let authority = uri.authority()?;
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "ws" | "wss"))?;
        let plain = !authority.as_str().contains('@') && !authority.host().is_empty();
        let good = plain && uri.query().is_none() && !text.contains('#') && text.len() <= ADDRESS_MOST;
        let path = if uri.path() == "/" { "/hub" } else { uri.path() };
        good.then(|| Address(format!("{scheme}://{}{path}", authority.as_str().to_lowercase())))
    }
}

/// A text is not the address of a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the address of a hub")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    /// As in a settings file; an empty text is no address, but allowed.
    fn from_str(text: &str) -> Result<Address, NoAddress> {
        if text.is_empty() { Ok(Address::default()) } else { Address::parse(text).ok_or(NoAddress) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Kind for Address {
    type Of = Address;

    fn expects() -> String {
        "empty, or an address such as wss://hub.example.org/hub".to_owned()
    }

    fn read(value: &Value) -> Option<Address> {
        match value.text()?.trim() {
            "" => Some(Address::default()),
            text => Address::parse(text),
        }
    }

    fn write(address: &Address) -> String {
        quote(&address.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_knows_its_host_and_its_pages() {
        for (text, host, page) in [
            ("wss://hub.example.org", "hub.example.org", "https://hub.example.org/status"),
            ("wss://Hub.Example.org/hub", "hub.example.org", "https://hub.example.org/status"),
            ("ws://127.0.0.1:8480/hub", "127.0.0.1:8480", "http://127.0.0.1:8480/status"),
            ("ws://[::1]:8480/hub", "[::1]:8480", "http://[::1]:8480/status"),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.host(), address.page("/status").as_str()), (host, page));
            assert!(address.as_str().ends_with("/hub"), "{address}");
        }
        let at = |text: &str| Address::parse(text).map(|address| address.name_and_port());
        assert_eq!(at("ws://[::1]:8480"), Some(("::1".to_owned(), 8480)));
        assert_eq!(at("wss://hub.example.org"), Some(("hub.example.org".to_owned(), 443)));
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        for wrong in [
            "https://hub.example.org",
            "hub.example.org",
            "wss://",
            "wss://a@b/hub",
            "wss://a/hub?x",
            "wss://a/hub#x",
        ] {
            assert_eq!(Address::parse(wrong), None, "{wrong}");
        }
    }
}
