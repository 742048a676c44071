//! The step `schemathesis`: the API keeps what its own description promises.

use super::Step;
use crate::test::Run;
use crate::{command, packages};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) const STEP: Step = Step {
    name: "schemathesis",
    says: "the API answers as its description says, whatever it is asked",
    tool: None,
    run,
};

/// Starts a site and asks it; written beside the browser tests, because it is from outside as well.
const SCRIPT: &str = "e2e/schemathesis.sh";
const VERSION: &str = "schemathesis==4.32.*";

fn run(run: &mut Run) -> Result<()> {
    if !run.house.root.join(SCRIPT).is_file() {
        println!("no {SCRIPT}: nothing to do");
        return Ok(());
    }
    let programs = environment(&run.house.target.join("python"))?;
    run.house.build()?;
    let path = super::readme::path_with(&[programs, run.house.binaries()])?;
    let mut script = Command::new("bash");
    command::succeed(script.arg(SCRIPT).current_dir(&run.house.root).env("PATH", path))
}

/// A Python of its own with the tool in it, made once.
fn environment(folder: &Path) -> Result<PathBuf> {
    let programs = folder.join("bin");
    if !programs.join("schemathesis").is_file() {
        packages::unless(packages::has_venv(), &["python3-venv"])?;
        command::succeed(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        command::succeed(Command::new(programs.join("pip")).args(["install", "--quiet", VERSION]))?;
    }
    Ok(programs)
}
