//! What a folder keeps that was restored from a backup.

use super::MARK;
use anyhow::{Context, Result};
use jiff::Timestamp;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// This data folder is a copy. What happened after it was made is known to neighbours at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When the copy was begun.
    pub copied_at: Timestamp,
}

impl Mark {
    /// The mark of a data folder, if it was restored and nobody has caught up since.
    pub fn of(data: &Path) -> Result<Option<Mark>> {
        match fs::read_to_string(data.join(MARK)) {
            Ok(text) => Mark::parse(&text).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).context("the mark of a restored folder cannot be read"),
        }
    }

    /// As it stands in the file.
    pub(super) fn text(self) -> String {
        format!("{}\n", self.copied_at)
    }

    pub(super) fn parse(text: &str) -> Result<Mark> {
        let copied_at = text.trim().parse().with_context(|| format!("{text:?} is no time of a copy"))?;
        Ok(Mark { copied_at })
    }
}

/// Takes the mark away, once the site has heard from others what it had missed.
pub fn forget(data: &Path) -> Result<()> {
    match fs::remove_file(data.join(MARK)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
