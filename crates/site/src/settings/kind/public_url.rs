//! The address that people type.

use http::Uri;
use settings::kind::quote;
use settings::{Kind, Value};
use std::fmt;

/// A scheme and a host, perhaps with a port; nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// This machine, for those who sit at it.
    pub fn local(port: u16) -> PublicUrl {
        PublicUrl(format!("http://localhost:{port}"))
    }

    /// Without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a page whose path begins with a slash.
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Whether people come encrypted, so that cookies may be marked as secure.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether only this machine can follow it.
    pub fn is_local(&self) -> bool {
        matches!(self.host().as_str(), "localhost" | "127.0.0.1" | "[::1]")
    }

    /// The host, without its port.
    pub fn host(&self) -> String {
        let uri: Option<Uri> = self.0.parse().ok();
        let host = uri.as_ref().and_then(Uri::host);
        host.unwrap_or_default().to_owned()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn parse(text: &str) -> Option<PublicUrl> {
        let uri: Uri = text.parse().ok()?;
        let scheme = uri.scheme_str()?;
        let authority = uri.authority()?;
        let plain = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
        let good = plain && matches!(scheme, "http" | "https") && !authority.host().is_empty();
        good.then(|| PublicUrl(format!("{scheme}://{authority}").to_lowercase()))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Kind for PublicUrl {
    type Of = PublicUrl;

    fn expects() -> String {
        "empty, or an address without a path such as https://auctions.example.org".to_owned()
    }

    fn read(value: &Value) -> Option<PublicUrl> {
        let text = value.text()?.trim();
        if text.is_empty() {
            return Some(PublicUrl(String::new()));
        }
        PublicUrl::parse(text)
    }

    fn write(url: &PublicUrl) -> String {
        quote(&url.0)
    }
}
