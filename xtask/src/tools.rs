//! Checkers that are cargo commands of their own. Missing ones are built in the background, because
//! that takes minutes: the steps that need them come late.

use crate::command;
use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command};

/// The versions that the settings of this project were written for.
const KNOWN: [(&str, &str); 2] = [("cargo-deny", "0.20.2"), ("cargo-shear", "1.13.4")];

/// Where the tools are, and the process that builds those that are not there yet.
pub(crate) struct Tools {
    folder: PathBuf,
    builder: Option<Child>,
}

impl Tools {
    /// Starts to build those of the wanted tools that are missing.
    pub(crate) fn fetch(house: &House, wanted: &[&str]) -> Result<Tools> {
        let folder = house.target.join("tools");
        let missing: Vec<String> = KNOWN
            .iter()
            .filter(|(name, _)| wanted.contains(name))
            .filter(|(name, _)| !command::exists(name) && !folder.join("bin").join(name).is_file())
            .map(|(name, version)| format!("{name}@{version}"))
            .collect();
        let mut tools = Tools { folder, builder: None };
        if !missing.is_empty() {
            tools.builder = Some(tools.build(&missing)?);
        }
        Ok(tools)
    }

    /// A command with this tool; waits until it is built.
    pub(crate) fn command(&mut self, name: &str) -> Result<Command> {
        if command::exists(name) {
            return Ok(Command::new(name));
        }
        if let Some(mut builder) = self.builder.take() {
            println!("waiting until the tools are built");
            ensure!(builder.wait()?.success(), "see {}", self.log().display());
        }
        let program = self.folder.join("bin").join(name);
        ensure!(program.is_file(), "{name} was not built");
        Ok(Command::new(program))
    }

    fn build(&self, missing: &[String]) -> Result<Child> {
        println!("building in the background: {}", missing.join(" "));
        std::fs::create_dir_all(&self.folder)?;
        let log = File::create(self.log())?;
        let mut nice = Command::new("nice");
        nice.args(["-n", "10", "cargo", "install", "--locked", "--profile", "dev"])
            // A tool that runs for a second is not worth an optimised build of minutes.
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_DEV_DEBUG", "none")
            .arg("--root")
            .arg(&self.folder)
            // Its own folder, so that neither build waits for the other's lock.
            .arg("--target-dir")
            .arg(self.folder.join("build"))
            .args(missing)
            .stdout(log.try_clone()?)
            .stderr(log);
        nice.spawn().context("start to build the tools")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("build.log")
    }
}

impl Drop for Tools {
    /// Whoever stops early does not want a compiler to go on; what was built so far is kept.
    fn drop(&mut self) {
        if let Some(mut builder) = self.builder.take() {
            let _ = builder.kill();
            let _ = builder.wait();
        }
    }
}
