//! The step `shear`.

use super::Step;
use crate::command;
use crate::test::Run;
use anyhow::Result;

pub(super) const STEP: Step =
    Step { name: "shear", says: "every dependency that is declared is used", tool: Some("cargo-shear"), run };

fn run(run: &mut Run) -> Result<()> {
    let mut shear = run.tools.command("cargo-shear")?;
    command::succeed(shear.current_dir(&run.house.root))
}
