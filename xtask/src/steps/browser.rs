//! The step `browser`: people's journeys in a real browser, with the accessibility checks.

use super::Step;
use crate::test::Run;
use crate::{command, node, packages};
use anyhow::Result;
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
    node::install(&folder)?;
    packages::program("chromium", &["chromium", "fonts-liberation"])?;
    run.house.build()?;
    let mut npx = Command::new("npx");
    npx.current_dir(folder).env("ANUKO_BINARIES", run.house.binaries());
    command::succeed(npx.args(["playwright", "test"]))
}
