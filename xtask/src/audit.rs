//! `cargo xtask audit`: known vulnerabilities in what we depend on.

use crate::command;
use crate::house::House;
use crate::tools::Tools;
use anyhow::{Context, Result};

/// Asks the advisory database. Not a step of `test`: its answer changes without any change of ours,
/// and it needs the network.
pub(crate) fn audit(house: &House) -> Result<()> {
    let mut tools = Tools::fetch(house, &["cargo-deny"])?;
    let mut deny = tools.command("cargo-deny")?;
    deny.args(["check", "advisories"]).current_dir(&house.root);
    command::succeed(&mut deny)
        .context("either there is an advisory (above), or the database could not be fetched")
}
