//! Where a hub can be dialled.

use crate::key::PublicKey;
use http::Uri;
use std::fmt;
use std::str::FromStr;

/// Where hubs listen, unless an address says otherwise.
const PATH: &str = "/hub";

/// Where a hub can be dialled: `wss://host[:port][/path][#key]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubUrl {
    /// Without the key.
    pub(super) uri: Uri,
    /// Whether TLS is spoken.
    pub(super) is_secure: bool,
    /// As it is resolved: a name or an address, an IPv6 address without brackets.
    pub(super) name: String,
    pub(super) port: u16,
    /// As both sides sign it: in lower case, with the port if it is not the usual one.
    pub(super) host: String,
    /// Who must answer there.
    pub(super) key: Option<PublicKey>,
}

/// The text is not the address of a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hub is found at wss://host, with /path and #key where needed; {0}")]
pub struct NoHubUrl(&'static str);

impl HubUrl {
    /// Who must answer there, if the address says so.
    pub fn key(&self) -> Option<PublicKey> {
        self.key
    }
}

impl FromStr for HubUrl {
    type Err = NoHubUrl;

    fn from_str(text: &str) -> Result<HubUrl, NoHubUrl> {
        let (place, key) = text.split_once('#').map_or((text, None), |(place, key)| (place, Some(key)));
        let key = key.map(str::parse).transpose().map_err(|_| NoHubUrl("the key is none"))?;
        let uri: Uri = place.parse().map_err(|_| NoHubUrl("this cannot be read"))?;
        let is_secure = match uri.scheme_str() {
            Some("wss") => true,
            Some("ws") => false,
            _ => return Err(NoHubUrl("it begins with wss://, or with ws:// in a private network")),
        };
        let authority = uri.authority().ok_or(NoHubUrl("the host is missing"))?;
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(NoHubUrl("the host is missing, or has a name and password before it"));
        }
        let usual = if is_secure { 443 } else { 80 };
        let port = authority.port_u16().unwrap_or(usual);
        let named = authority.host().to_ascii_lowercase();
        let host = if port == usual { named.clone() } else { format!("{named}:{port}") };
        let name = named.trim_start_matches('[').trim_end_matches(']').to_owned();
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let path = if path == "/" { PATH } else { path };
        let scheme = if is_secure { "wss" } else { "ws" };
        let uri = format!("{scheme}://{host}{path}").parse().map_err(|_| NoHubUrl("this cannot be read"))?;
        Ok(HubUrl { uri, is_secure, name, port, host, key })
    }
}

impl fmt::Display for HubUrl {
    /// Without the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uri.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::SecretKey;

    fn read(text: &str) -> (String, String, String, u16) {
        let url: HubUrl = text.parse().unwrap();
        (url.to_string(), url.host.clone(), url.name.clone(), url.port)
    }

    #[test]
    fn an_address_without_a_path_means_the_usual_one() {
        let plain =
            ("wss://hub.example/hub".to_owned(), "hub.example".to_owned(), "hub.example".to_owned(), 443);
        assert_eq!(read("wss://Hub.example"), plain);
        assert_eq!(read("wss://hub.example:443/"), plain);
        assert_eq!(read("ws://[::1]:7000/x").0, "ws://[::1]:7000/x");
        let (_, host, name, port) = read("ws://[::1]:7000");
        assert_eq!((host.as_str(), name.as_str(), port), ("[::1]:7000", "::1", 7000));
    }

    #[test]
    fn the_key_stands_behind_the_address() {
        let key = SecretKey::from_seed([1; 32]).public();
        let url: HubUrl = format!("wss://hub.example#{key}").parse().unwrap();
        assert_eq!((url.key(), url.to_string()), (Some(key), "wss://hub.example/hub".to_owned()));
    }

    #[test]
    fn what_is_no_address_of_a_hub_is_refused() {
        for text in [
            "https://hub.example",
            "hub.example",
            "wss://",
            "wss://a:b@hub.example",
            "wss://hub.example#12",
            "wss:///hub",
        ] {
            assert!(text.parse::<HubUrl>().is_err(), "{text}");
        }
    }
}
