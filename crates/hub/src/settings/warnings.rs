//! Settings that are allowed but should not surprise anybody.

use super::kind::choice::Join;
use super::table::Settings;

impl Settings {
    /// What `doctor` shows first: the key and why somebody should look at it.
    pub fn warnings(&self) -> Vec<(&'static str, &'static str)> {
        let unsafe_link = |address: &super::Address| !address.is_empty() && !address.is_secure();
        let cases = [
            (
                self.allow_private_addresses,
                "allow_private_addresses",
                "applications can make this hub connect to its private network: for tests only",
            ),
            (!self.limits.enforce, "limits.enforce", "no limit is kept: for benchmarks only"),
            (self.join == Join::Open, "join", "everybody may link, and whoever links may send"),
            (
                unsafe_link(&self.address),
                "address",
                "links are not encrypted; put a proxy with TLS before the hub, or give it a certificate",
            ),
            (
                self.upstreams.iter().any(|upstream| upstream.key.is_none()),
                "upstreams",
                "an upstream without a key is pinned at first contact; write its key behind a #",
            ),
        ];
        let shown = cases.into_iter().filter(|(is_so, _, _)| *is_so);
        shown.map(|(_, key, says)| (key, says)).collect()
    }
}
