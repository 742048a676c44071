//! What an operator can decide: every setting, where it may be given, and what it must look like.
//!
//! [`table`] is the list; everything else serves it. A setting may stand in several places, and the first
//! of these wins: a flag, the environment (`ANUKO_AUCTION_…`), the file `anuko-auction.toml`, the default.
//! What comes out of [`Settings::load`] is complete and checked, so nothing behind it asks again.

mod agree;
mod kind;
mod overrides;
mod table;
mod warnings;

pub use kind::choice::{Memo, Registration, Transport};
pub use kind::database::Database;
pub use kind::network::Network;
pub use kind::public_url::PublicUrl;
pub use kind::secret::SecretUrl;
pub use overrides::Overrides;
pub use settings::kind::{Listen, LogFormat};
pub use settings::{Problem, Problems, Program, Table};
pub use table::{LimitSettings, LogSettings, MailSettings, NetworkSettings, Settings};

use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// The program that they are for.
#[derive(Debug)]
pub struct AnukoAuction;

impl Program for AnukoAuction {
    const NAME: &'static str = "anuko-auction";
    const ABOUT: &'static str = "an Anuko Auction site";
    const PORT: u16 = 8080;
    const LEVELS: &'static str = "info,market=debug";
}

impl NetworkSettings {
    /// Whether the site takes part in a network at all.
    pub fn is_networked(&self) -> bool {
        !self.upstreams.is_empty() || self.downstreams
    }
}

impl Settings {
    /// Reads all sources and checks everything; all problems are told at once.
    ///
    /// A `file` that is given must exist: [`Program::find_file`] says which one there is.
    pub fn load(
        flags: &Overrides,
        environment: impl Iterator<Item = (String, String)>,
        file: Option<&Path>,
    ) -> Result<Settings, Problems> {
        settings::load(flags.flags(), environment, file, agree::agree)
    }

    /// Where letters go when the transport is `folder`.
    pub fn mail_folder(&self) -> PathBuf {
        self.data.join("mail")
    }

    /// Whether what this neighbour says about the address of the client is believed.
    pub fn trusts(&self, neighbour: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(neighbour))
    }
}
