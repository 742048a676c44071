//! Under which names a hub may be dialled. Never what a request says: only what the webmaster has set.

/// The names of the settings; without any, the names of this machine for itself.
#[derive(Clone, Debug)]
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    /// Names as in an address, with the port if it is not the usual one.
    pub(crate) fn new(names: &[String]) -> Hosts {
        Hosts(names.iter().map(|name| name.to_ascii_lowercase()).collect())
    }

    /// The names that may have been dialled by who says that it dialled this one.
    pub(super) fn for_dialled(&self, dialled: &str) -> Vec<String> {
        if self.0.is_empty() && is_own_machine(dialled) { vec![dialled.to_owned()] } else { self.0.clone() }
    }
}

/// Any port will do: what listens on this machine may be reached through another port of it.
fn is_own_machine(host: &str) -> bool {
    let is_port = |text: &str| {
        text.is_empty() || text.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host.strip_prefix(name).is_some_and(is_port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_settings_only_the_own_machine_may_dial() {
        let hosts = Hosts::new(&[]);
        for own in ["localhost", "127.0.0.1:7000", "[::1]:80"] {
            assert_eq!(hosts.for_dialled(own), [own]);
        }
        for other in ["hub.example", "localhost.example", "127.0.0.1:x", "127.0.0.12", ""] {
            assert!(hosts.for_dialled(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn with_settings_only_these_names_count() {
        let hosts = Hosts::new(&["Hub.example".to_owned(), "hub.example:8443".to_owned()]);
        assert_eq!(hosts.for_dialled("localhost"), ["hub.example", "hub.example:8443"]);
    }
}
