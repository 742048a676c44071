//! The address of a mail server.

use super::secret::SecretUrl;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use settings::kind::quote;
use settings::{Kind, Value};

/// An address that the mail library understands; empty for none.
pub(crate) struct SmtpUrl;

impl Kind for SmtpUrl {
    type Of = SecretUrl;

    const SECRET: bool = true;

    fn expects() -> String {
        "empty, or an address such as smtps://user:password@host or smtp://host:25, for \
         STARTTLS with ?tls=required (signs such as @ and / in a password are written %40 and %2F)"
            .to_owned()
    }

    fn read(value: &Value) -> Option<SecretUrl> {
        let url = value.text()?.trim();
        (url.is_empty() || is_understood(url)).then(|| SecretUrl::new(url))
    }

    fn write(url: &SecretUrl) -> String {
        quote(&url.to_string())
    }
}

/// The library overlooks a parameter that it does not know and a name without a password. Both would
/// send letters otherwise than somebody meant, the first of them unencrypted.
fn is_understood(url: &str) -> bool {
    let (place, parameters) = url.split_once('?').unwrap_or((url, ""));
    let known = ["", "tls=required", "tls=opportunistic"].contains(&parameters);
    let person = place.rsplit_once('@').map(|(before, _)| before);
    let person = person.map(|before| before.split_once("://").map_or("", |(_, person)| person));
    let signs_in = person.is_none_or(|person| person.contains(':'));
    known && signs_in && AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_ok()
}
