//! What an operator can decide: every setting, where it may be given, and what it must look like.
//!
//! [`table`] is the list; everything else serves it. A setting may stand in several places, and the first
//! of these wins: a flag, the environment (`ANUKO_AUCTION_…`), the file `anuko-auction.toml`, the default.
//! What comes out of [`Settings::load`] is complete and checked, so nothing behind it asks again.

mod agree;
mod declare;
mod environment;
mod file;
mod kind;
mod nearest;
mod print;
mod problem;
mod raw;
mod source;
mod table;
mod value;
mod warnings;

pub use declare::Setting;
pub use environment::process_environment;
pub use file::{FILE, find_file};
pub use kind::choice::{LogFormat, Registration, Transport};
pub use kind::database::Database;
pub use kind::listen::Listen;
pub use kind::network::Network;
pub use kind::public_url::PublicUrl;
pub use kind::secret::SecretUrl;
pub use problem::{Problem, Problems};
pub use source::{Overrides, Source};
pub use table::{LimitSettings, LogSettings, MailSettings, Settings};

use raw::Raw;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

impl Settings {
    /// Reads all sources and checks everything; all problems are told at once.
    ///
    /// A `file` that is given must exist: [`find_file`] says which one there is.
    pub fn load(
        flags: &Overrides,
        environment: impl Iterator<Item = (String, String)>,
        file: Option<&Path>,
    ) -> Result<Settings, Problems> {
        let mut raw = Raw::default();
        if let Some(file) = file {
            file::gather(&mut raw, file);
        }
        environment::gather(&mut raw, environment);
        source::gather(&mut raw, flags);
        let settings = Settings::resolve(&mut raw);
        let settings = settings.map(|settings| agree::agree(settings, &mut raw));
        match settings {
            Some(settings) if raw.problems.is_empty() => Ok(settings),
            _ => Err(Problems(raw.problems)),
        }
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
