//! The step `browser`: people's journeys in a real browser, with the accessibility checks.

use super::Step;
use crate::test::Run;
use crate::{command, packages};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

pub(super) const STEP: Step = Step {
    name: "browser",
    says: "the pages work in a browser, and by keyboard and screen reader",
    tool: None,
    run,
};

fn run(run: &mut Run) -> Result<()> {
    let folder = run.house.root.join("e2e");
    if !folder.join("package.json").is_file() {
        println!("no e2e/package.json: nothing to do");
        return Ok(());
    }
    packages::program("npm", &["nodejs", "npm"])?;
    packages::program("chromium", &["chromium", "fonts-liberation"])?;
    run.house.build()?;
    if !is_installed(&folder) {
        command::succeed(program(run, "npm").arg("ci"))?;
    }
    command::succeed(program(run, "npx").args(["playwright", "test"]))
}

fn program(run: &Run, name: &str) -> Command {
    let mut program = Command::new(name);
    program
        .current_dir(run.house.root.join("e2e"))
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .env("ANUKO_BINARIES", run.house.binaries());
    program
}

/// npm leaves a copy of the lock file with what it installed.
fn is_installed(folder: &Path) -> bool {
    let changed = |path: &str| std::fs::metadata(folder.join(path)).and_then(|file| file.modified());
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    }
}
