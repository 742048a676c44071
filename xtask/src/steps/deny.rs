//! The step `deny`; its rules are in `deny.toml`.

use super::Step;
use crate::command;
use crate::test::Run;
use anyhow::Result;

pub(super) const STEP: Step = Step {
    name: "deny",
    says: "no dependency has a licence, an origin or a name that we refuse",
    tool: Some("cargo-deny"),
    run,
};

fn run(run: &mut Run) -> Result<()> {
    let mut deny = run.tools.command("cargo-deny")?;
    deny.args(["--workspace", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]);
    command::succeed(deny.current_dir(&run.house.root))
}
