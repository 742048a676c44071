//! Packages of the operating system: installed where we may, named where we may not.

use crate::command;
use anyhow::{Result, bail};
use std::process::Command;

/// Makes sure that a program is there, from these packages of Debian if it is not.
pub(crate) fn program(name: &str, packages: &[&str]) -> Result<()> {
    unless(command::exists(name), packages)
}

/// Installs packages unless what they bring is there already.
pub(crate) fn unless(there: bool, packages: &[&str]) -> Result<()> {
    if there {
        return Ok(());
    }
    let list = packages.join(" ");
    if !command::is_root() || !command::exists("apt-get") {
        bail!("please install: {list}");
    }
    println!("installing {list}");
    apt_get(&["update", "-q"])?;
    apt_get(&[&["install", "-q", "-y", "--no-install-recommends"], packages].concat())
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut apt_get = Command::new("apt-get");
    apt_get.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command::succeed(&mut apt_get)
}

/// Debian leaves the half of `venv` that installs packages in a package of its own.
pub(crate) fn has_venv() -> bool {
    command::output(Command::new("python3").args(["-c", "import ensurepip"])).is_ok()
}
