//! A folder for one use, gone when its owner is.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// An empty folder among the system's temporary ones.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes it, under a name that tells whose it is.
    pub(crate) fn new(purpose: &str) -> Result<Folder> {
        let name = format!("anuko-{purpose}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).with_context(|| format!("make {}", path.display()))?;
        Ok(Folder(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It may be gone already, and there is nobody left to tell.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
