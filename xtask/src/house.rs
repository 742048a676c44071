//! Where the workspace lies and where it is built.

use crate::command;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders that every chore needs.
pub(crate) struct House {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Where cargo builds; follows `CARGO_TARGET_DIR` and every other setting.
    pub(crate) target: PathBuf,
}

impl House {
    /// Finds both, from wherever the alias `cargo xtask` was called.
    pub(crate) fn find() -> Result<House> {
        let own = std::env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
        let root = Path::new(&own).parent().context("xtask has no parent")?;
        let target =
            metadata(root)?["target_directory"].as_str().context("cargo names no target directory")?.into();
        Ok(House { root: root.to_owned(), target })
    }

    /// A cargo command, to be run at the root.
    pub(crate) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut cargo = cargo(&self.root);
        cargo.args(arguments);
        cargo
    }

    /// Builds everything once, in the profile and with the features that the tests use, so that
    /// no later step builds a crate a second time.
    pub(crate) fn build(&self) -> Result<()> {
        command::succeed(&mut self.cargo(["build", "--workspace", "--all-targets"]))
    }

    /// The folder of the binaries that [`House::build`] leaves.
    pub(crate) fn binaries(&self) -> PathBuf {
        self.target.join("debug")
    }
}

/// What cargo says about the members of the workspace in this folder.
pub(crate) fn metadata(folder: &Path) -> Result<Value> {
    let mut cargo = cargo(folder);
    cargo.args(["metadata", "--format-version", "1", "--no-deps"]);
    Ok(serde_json::from_str(&command::output(&mut cargo)?)?)
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(folder);
    // What cargo tells xtask about xtask would make build scripts believe that something has changed.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}
