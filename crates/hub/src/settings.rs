//! What a webmaster can decide: every setting, where it may be given, and what it must look like.
//!
//! [`table`] is the list; everything else serves it. A setting may stand in several places, and the first
//! of these wins: a flag, the environment (`ANUKO_HUB_…`), the file `anuko-hub.toml`, the default.
//! What comes out of [`Settings::load`] is complete and checked, so nothing behind it asks again.

mod agree;
mod kind;
mod overrides;
mod table;
mod warnings;

pub use kind::address::{Address, NoAddress};
pub use kind::choice::{Join, Spread};
pub use kind::host::Host;
pub use kind::upstream::Upstream;
pub use overrides::Overrides;
pub use settings::kind::{Listen, LogFormat};
pub use settings::{Problem, Problems, Program, Table};
pub use table::{LimitSettings, LinkSettings, LogSettings, Settings, TlsSettings, WebhookSettings};

use std::path::Path;

/// The program that they are for.
#[derive(Debug)]
pub struct AnukoHub;

impl Program for AnukoHub {
    const NAME: &'static str = "anuko-hub";
    const ABOUT: &'static str = "a hub";
    const PORT: u16 = 8480;
    const LEVELS: &'static str = "info,hub::links=debug";
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

    /// The DNS name by which this hub names itself where it calls others.
    pub fn own_name(&self) -> &str {
        let host = self.hosts.first().map_or("localhost", String::as_str);
        // A port is no part of a name; that of an IPv6 address stands behind a bracket.
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
            _ => host,
        }
    }
}
