//! A hub that runs as a program of its own.

use crate::call::get;
use crate::hub::keeper::{Kept, free_address};
use crate::site::release;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::env;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Limits are off, and nothing is let go of while it is measured. Everything else is as it comes.
const SETTINGS: &str = "join = \"open\"\nretention_bytes = 1000000000000\n[limits]\nenforce = false\n";

pub(super) struct Program {
    pub(super) kept: Kept,
    pub(super) address: SocketAddr,
    folder: PathBuf,
}

impl Program {
    pub(super) fn start(folder: &Path, upstream: Option<&Program>) -> Result<Program> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("bench.toml"), SETTINGS)?;
        let address = free_address()?;
        let mut serve = command(folder)?;
        serve.args(["--listen", &address.to_string()]);
        if let Some(upstream) = upstream {
            let key = said(command(&upstream.folder)?.arg("keygen"))?;
            let key = key.split_whitespace().last().context("no key")?;
            serve.args(["--upstream", &format!("ws://{}/hub#{key}", upstream.address)]);
        }
        let kept = Kept::start(&serve, &folder.join("log"))?;
        // It listens before it answers.
        kept.until(|| Ok(get(address, "/status").is_ok()))?;
        Ok(Program { kept, address, folder: folder.to_owned() })
    }

    /// A token of a new application.
    pub(super) fn token(&self, name: &str) -> Result<String> {
        let made = said(command(&self.folder)?.args(["tokens", "create", "--name", name]))?;
        let made: Value = serde_json::from_str(&made)?;
        Ok(made["token"].as_str().context("no token")?.to_owned())
    }

    /// How it stands.
    pub(super) fn status(&self) -> Result<Value> {
        get(self.address, "/status")
    }
}

fn command(folder: &Path) -> Result<Command> {
    let mut command = Command::new(release("anuko-hub")?);
    command.arg("--data").arg(folder.join("data")).arg("--config").arg(folder.join("bench.toml"));
    // Settings of whoever measures must not count.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ANUKO_HUB")) {
        command.env_remove(name);
    }
    Ok(command)
}

fn said(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
