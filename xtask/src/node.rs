//! Libraries of Node, as a lock file names them.

use crate::{command, packages};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Makes sure that what the lock file of this folder names is installed in it.
pub(crate) fn install(folder: &Path) -> Result<()> {
    packages::program("npm", &["nodejs", "npm"])?;
    if is_installed(folder) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    // A browser is not fetched: Debian has one.
    npm.arg("ci").env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command::succeed(npm.current_dir(folder))
}

/// npm leaves a copy of the lock file with what it installed.
fn is_installed(folder: &Path) -> bool {
    let changed = |path: &str| std::fs::metadata(folder.join(path)).and_then(|file| file.modified());
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    }
}
