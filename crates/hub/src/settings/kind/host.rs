//! Names under which a hub is dialled.

use http::uri::Authority;
use settings::kind::quote;
use settings::{Kind, Value};

/// A host, with its port if that is not the usual one.
pub struct Host;

impl Kind for Host {
    type Of = String;

    fn expects() -> String {
        "a host such as \"hub.example.org\" or \"hub.example.org:8480\"".to_owned()
    }

    fn read(value: &Value) -> Option<String> {
        let text = value.text()?.trim();
        let authority: Authority = text.parse().ok()?;
        let plain = !text.contains('@') && !authority.host().is_empty();
        // A port that is none is not seen by the parser until somebody asks for it.
        let port = authority.port().is_some() == text.trim_start_matches(authority.host()).contains(':');
        (plain && port).then(|| text.to_lowercase())
    }

    fn write(host: &String) -> String {
        quote(host)
    }
}
