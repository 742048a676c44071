//! Installing peers: programs of Debian where we may, of PyPI into a folder of our own.

use crate::site::root;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Debian asks this program whether it may start a service that it has installed.
const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Makes sure that a program of Debian is there; no service of it is started.
pub(super) fn debian(program: &str, package: &str) -> Result<()> {
    if Path::new(program).exists() {
        return Ok(());
    }
    eprintln!("installing {package}");
    let _forbidden = Forbidden::services().with_context(|| format!("please install: {package}"))?;
    apt_get(&["update", "-q"])?;
    apt_get(&["install", "-q", "-y", "--no-install-recommends", package])
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut apt_get = Command::new("apt-get");
    succeed(apt_get.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// A program of a Python package, in a venv below `bench/target`.
pub(super) fn python(program: &str, package: &str) -> Result<PathBuf> {
    let venv = root().join("bench/target/peers");
    let path = venv.join("bin").join(program);
    if !path.is_file() {
        eprintln!("installing {package}");
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        succeed(Command::new(venv.join("bin/pip")).args(["install", "-q", package]))?;
    }
    ensure!(path.is_file(), "{package} brings no {program}");
    Ok(path)
}

fn succeed(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("{:?}", command.get_program()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it failed");
    bail!("{}: {last}", command.get_program().to_string_lossy())
}

/// No service starts while this lives.
struct Forbidden {
    is_ours: bool,
}

impl Forbidden {
    /// A policy that is there already stays: whoever wrote it knows why.
    fn services() -> Result<Forbidden> {
        let is_ours = !Path::new(POLICY).exists();
        if is_ours {
            fs::write(POLICY, "#!/bin/sh\nexit 101\n")?;
            fs::set_permissions(POLICY, fs::Permissions::from_mode(0o755))?;
        }
        Ok(Forbidden { is_ours })
    }
}

impl Drop for Forbidden {
    fn drop(&mut self) {
        if self.is_ours {
            // If it stays, services only have to be started by hand.
            let _ = fs::remove_file(POLICY);
        }
    }
}
