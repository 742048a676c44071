//! The step `clippy`.

use super::Step;
use crate::command;
use crate::test::Run;
use anyhow::Result;

pub(super) const STEP: Step = Step {
    name: "clippy",
    says: "clippy and the compiler have nothing to say, and nobody reads a clock or draws chance by the back door",
    tool: None,
    run,
};

fn run(run: &mut Run) -> Result<()> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    command::succeed(&mut run.house.cargo(arguments))
}
