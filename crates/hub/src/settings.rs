//! What a webmaster can decide: every setting, where it may be given, and what it must look like.
//!
//! [`table`] is the list; everything else serves it. A setting may stand in several places, and the first
//! of these wins: a flag, the environment (`ANUKO_HUB_…`), the file `anuko-hub.toml`, the default.
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
pub use kind::address::Address;
pub use kind::choice::{Join, LogFormat, Spread};
pub use kind::listen::Listen;
pub use kind::upstream::Upstream;
pub use problem::{Problem, Problems};
pub use source::{Overrides, Source};
pub use table::{LimitSettings, LinkSettings, LogSettings, Settings, TlsSettings, WebhookSettings};

use raw::Raw;
use std::path::Path;

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
