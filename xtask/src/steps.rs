//! The steps of `cargo xtask test`: quick ones first, those that wait for a tool last.

mod browser;
mod clippy;
mod deny;
pub(crate) mod documents;
mod fmt;
mod readme;
mod schemathesis;
mod sdks;
mod shear;
mod stranger;
mod tests;
mod tidy;
mod walls;

use crate::test::Run;
use anyhow::{Context, Result};

/// One check that can fail, and can be run alone.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// What it makes sure of, in one line.
    pub(crate) says: &'static str,
    /// The tool that it waits for, to be built in the background.
    pub(crate) tool: Option<&'static str>,
    pub(crate) run: fn(&mut Run) -> Result<()>,
}

/// All steps, in their order.
const ALL: [Step; 13] = [
    fmt::STEP,
    tidy::STEP,
    walls::STEP,
    clippy::STEP,
    tests::STEP,
    documents::STEP,
    readme::STEP,
    stranger::STEP,
    sdks::STEP,
    schemathesis::STEP,
    browser::STEP,
    deny::STEP,
    shear::STEP,
];

/// The named steps in their own order; all if none is named.
pub(crate) fn chosen(names: &[String]) -> Result<Vec<&'static Step>> {
    for name in names {
        let known = ALL.iter().any(|step| step.name == name);
        known.then_some(()).with_context(|| format!("no step {name:?}; see `cargo xtask list`"))?;
    }
    let wanted = |step: &&Step| names.is_empty() || names.iter().any(|name| name == step.name);
    const { &ALL }.iter().filter(wanted).map(Ok).collect()
}

/// Prints what there is.
pub(crate) fn list() {
    for step in &ALL {
        println!("{:14}{}", step.name, step.says);
    }
}
