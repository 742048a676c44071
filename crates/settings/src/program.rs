//! What a program says about itself, for names and examples.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The program whose settings they are.
pub trait Program {
    /// As it is typed, such as `anuko-hub`. Its file is `anuko-hub.toml`, its variables begin with `ANUKO_HUB_`.
    const NAME: &'static str;

    /// Ends the sentence "Settings of …".
    const ABOUT: &'static str;

    /// The port of examples: the one at which it listens unless it is told otherwise.
    const PORT: u16;

    /// An example of a level of the log that differs for a part, such as `info,hub::links=debug`.
    const LEVELS: &'static str;

    /// The file that is read when no other is named, if it stands in the current folder.
    fn file() -> PathBuf {
        PathBuf::from(format!("{}.toml", Self::NAME))
    }

    /// The file to read: the one asked for, else the usual one where there is one.
    fn find_file(asked: Option<&Path>) -> Option<PathBuf> {
        let usual = || Some(Self::file()).filter(|file| file.exists());
        asked.map(Path::to_owned).or_else(usual)
    }

    /// The variable of a key: `ANUKO_HUB_LOG_LEVEL` for `log.level`.
    fn variable(key: &str) -> String {
        format!("{}_{key}", Self::NAME).to_uppercase().replace(['.', '-'], "_")
    }

    /// The variables of this process that are the program's.
    fn environment() -> impl Iterator<Item = (String, String)> {
        let readable = |text: OsString| text.to_string_lossy().into_owned();
        let all = std::env::vars_os().map(move |(name, text)| (readable(name), readable(text)));
        let prefix = Self::variable("");
        all.filter(move |(name, _)| name.starts_with(&prefix))
    }
}
