//! The step `fmt`.

use super::Step;
use crate::command;
use crate::test::Run;
use anyhow::{Context, Result};

pub(super) const STEP: Step = Step { name: "fmt", says: "all Rust code is formatted", tool: None, run };

fn run(run: &mut Run) -> Result<()> {
    command::succeed(&mut run.house.cargo(["fmt", "--all", "--check"])).context("`cargo fmt --all` mends it")
}
