//! Settings that are allowed but should not surprise anybody.

use super::kind::choice::Transport;
use super::table::Settings;
use hub::settings::Join;

impl Settings {
    /// What `doctor` shows in red: the key and why somebody should look at it.
    pub fn warnings(&self) -> Vec<(&'static str, &'static str)> {
        let cases = [
            (
                self.allow_short_auctions,
                "allow_short_auctions",
                "auctions may last seconds: for tests and demonstrations only",
            ),
            (
                self.allow_private_addresses,
                "allow_private_addresses",
                "strangers can make this site connect to its private network: for tests only",
            ),
            (
                self.mail.transport == Transport::Memory,
                "mail.transport",
                "letters go into memory and are lost: for tests only",
            ),
            (
                self.mail.transport == Transport::Folder && !self.public_url.is_local(),
                "mail.transport",
                "letters stay in a folder, so nobody gets any",
            ),
            (
                self.sends_password_in_the_clear(),
                "mail.smtp_url",
                "the password travels unencrypted; use smtps:// or tls=required",
            ),
            (
                !self.public_url.is_secure() && !self.public_url.is_local(),
                "public_url",
                "people sign in unencrypted; put a proxy with https before the site",
            ),
            (
                !self.trusted_proxies.is_empty()
                    && self.trusted_proxies.iter().any(|network| network.is_everybody()),
                "trusted_proxies",
                "anybody can claim any address, so limits by address do nothing",
            ),
            (
                self.network.downstreams && self.network.join == Join::Open,
                "network.join",
                "everybody may link, and whoever links may send",
            ),
            (
                self.network.upstreams.iter().any(|upstream| upstream.key.is_none()),
                "network.upstreams",
                "an upstream without a key is pinned at first contact; write its key behind a #",
            ),
            (
                !self.network.address.is_empty() && !self.network.address.is_secure(),
                "network.address",
                "links are not encrypted; put a proxy with https before the site",
            ),
        ];
        let shown = cases.into_iter().filter(|(is_so, _, _)| *is_so);
        shown.map(|(_, key, says)| (key, says)).collect()
    }

    fn sends_password_in_the_clear(&self) -> bool {
        let url = self.mail.smtp_url.reveal();
        url.starts_with("smtp://") && url.contains('@') && !url.contains("tls=required")
    }
}
