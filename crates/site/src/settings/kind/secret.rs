//! Addresses with a password in them.

use std::fmt;

/// An address that never shows its password unless it is asked to.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SecretUrl(String);

impl SecretUrl {
    pub(super) fn new(url: &str) -> SecretUrl {
        SecretUrl(url.to_owned())
    }

    /// With the password, for whoever connects.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&masked(&self.0))
    }
}

impl fmt::Debug for SecretUrl {
    /// As shown: debug output ends up in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", masked(&self.0))
    }
}

/// The address with `***` for every password: before the `@`, and in parameters that name one.
fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return if url.is_empty() { "" } else { "***" }.to_owned();
    };
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let place = match place.rsplit_once('@') {
        Some((person, host)) => format!("{}@{host}", without_password(person)),
        None => place.to_owned(),
    };
    let parameters: Vec<_> = parameters.split('&').map(parameter).collect();
    let parameters = parameters.join("&");
    let mark = if parameters.is_empty() { "" } else { "?" };
    format!("{scheme}://{place}{mark}{parameters}")
}

fn without_password(person: &str) -> String {
    match person.split_once(':') {
        Some((name, _)) => format!("{name}:***"),
        None => person.to_owned(),
    }
}

fn parameter(text: &str) -> String {
    match text.split_once('=') {
        Some((name, _)) if name.contains("password") || name.contains("key") => {
            format!("{name}=***")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_ever_shown() {
        for (url, shown) in [
            ("", ""),
            ("smtp://mail:25", "smtp://mail:25"),
            ("smtps://ann:secret@mail", "smtps://ann:***@mail"),
            ("smtp://ann:se@cr:et@mail?tls=required", "smtp://ann:***@mail?tls=required"),
            ("postgres://ann@db/site", "postgres://ann@db/site"),
            ("postgres://db/site?user=ann&password=secret", "postgres://db/site?user=ann&password=***"),
            ("secret", "***"),
        ] {
            assert_eq!(SecretUrl::new(url).to_string(), shown);
            assert_eq!(format!("{:?}", SecretUrl::new(url)), format!("{shown:?}"));
        }
    }
}
