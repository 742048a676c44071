//! Where the binary is, and where a site may write.

use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The release binary of the site.
pub(crate) fn binary() -> Result<PathBuf> {
    release("anuko-auction")
}

/// A release binary: where `ANUKO_BINARIES` says, or where cargo leaves it.
pub(crate) fn release(name: &str) -> Result<PathBuf> {
    let built = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = env::var_os("ANUKO_BINARIES").map_or_else(|| built.join("release"), PathBuf::from);
    let binary = folder.join(name);
    if !binary.is_file() {
        bail!(
            "{} is not there: build it with `cargo build --release`, or set ANUKO_BINARIES",
            binary.display()
        );
    }
    Ok(binary)
}

/// A folder for one run, on the disk of this repository unless another one is wished.
pub(crate) fn folder(wished: Option<&Path>) -> Result<TempDir> {
    let parent = wished.map_or_else(|| root().join("bench/target"), Path::to_owned);
    std::fs::create_dir_all(&parent)?;
    Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(parent)?)
}

/// The folder of the product.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}
