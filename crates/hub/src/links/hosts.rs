//! Under which names a hub may be dialled. Never what a request says: only what the webmaster has set.

/// The names of the settings; without any, the names of this machine for itself.
#[derive(Clone, Debug)]
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    /// Names as in an address. A usual port may be said or not.
    pub(crate) fn new(names: &[String]) -> Hosts {
        Hosts(names.iter().map(|name| without_usual_port(name).to_ascii_lowercase()).collect())
    }

    /// The names that may have been dialled by who says that it dialled this one: this one as it says it, or none.
    pub(super) fn for_dialled(&self, dialled: &str) -> Vec<String> {
        let is_set = self.0.iter().any(|name| name == without_usual_port(dialled));
        let is_own = is_set || self.0.is_empty() && is_own_machine(dialled);
        if is_own { vec![dialled.to_owned()] } else { Vec::new() }
    }
}

/// Who dials signs no usual port. Which one is usual depends on TLS, which a proxy may have taken off: either counts, and
/// the key tells two hubs of one name apart.
fn without_usual_port(host: &str) -> &str {
    [":443", ":80"].into_iter().find_map(|port| host.strip_suffix(port)).unwrap_or(host)
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
        for own in ["hub.example", "hub.example:8443"] {
            assert_eq!(hosts.for_dialled(own), [own]);
        }
        for other in ["localhost", "hub.example:8444", "other.example"] {
            assert!(hosts.for_dialled(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn a_usual_port_counts_the_same_whether_it_is_said_or_not_on_both_sides() {
        for set in
            ["hub.example:443", "hub.example:80", "hub.example", "[2001:db8::80]:443", "[2001:db8::80]"]
        {
            let hosts = Hosts::new(&[set.to_owned()]);
            let name = without_usual_port(set);
            for dialled in [name.to_owned(), format!("{name}:443")] {
                assert_eq!(hosts.for_dialled(&dialled), [dialled], "{set}");
            }
            assert!(hosts.for_dialled(&format!("{name}:8443")).is_empty(), "{set}");
        }
    }
}
