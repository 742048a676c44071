//! The settings file of a measured site.

use anyhow::Result;
use std::path::{Path, PathBuf};

/// What differs from the defaults.
pub(crate) struct Settings {
    /// Limits off and the trivial handler open, for load; else as it comes.
    pub(crate) load: bool,
    /// The threads that serve requests.
    pub(crate) workers: usize,
    /// The section `network`; empty for a site that stands alone.
    pub(crate) network: String,
}

impl Settings {
    /// Writes the file into the data folder; gives its path.
    pub(crate) fn write(&self, folder: &Path) -> Result<PathBuf> {
        let path = folder.join("bench.toml");
        std::fs::write(&path, self.text())?;
        Ok(path)
    }

    fn text(&self) -> String {
        let listen = "listen = [\"127.0.0.1:0\"]\n";
        if !self.load {
            return listen.to_owned();
        }
        let (workers, network) = (self.workers, &self.network);
        format!(
            "{listen}workers = {workers}\nbench_route = true\n\
             [mail]\ntransport = \"memory\"\n\
             [limits]\nrequests_per_second_per_address = 0\nstreams_per_address = 0\n\
             bids_per_second_per_person = 0\nsign_in_attempts_per_minute = 0\n{network}"
        )
    }
}
