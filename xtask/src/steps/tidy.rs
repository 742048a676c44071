//! The step `tidy`: our own sources keep the habits that no compiler checks.

mod decisions;
mod docstrings;
mod lengths;
mod links;
mod names;
mod spaces;
mod words;

use super::Step;
use crate::sources::{self, Source};
use crate::test::Run;
use anyhow::{Result, bail};

pub(super) const STEP: Step = Step {
    name: "tidy",
    says: "files are short, explained, free of leftovers and machine paths, and their links lead somewhere",
    tool: None,
    run,
};

/// Looks at all sources and returns its complaints.
type Check = fn(&[Source]) -> Vec<String>;

const CHECKS: [Check; 7] = [
    lengths::check,
    names::check,
    words::check,
    spaces::check,
    docstrings::check,
    decisions::check,
    links::check,
];

/// Broken on purpose, to prove another step.
const FIXTURES: &str = "xtask/fixtures/";

fn run(run: &mut Run) -> Result<()> {
    let mut sources = sources::under(&run.house.root)?;
    sources.retain(|source| !source.path.starts_with(FIXTURES));
    for long in lengths::warnings(&sources) {
        println!("{long}");
    }
    let complaints: Vec<_> = CHECKS.iter().flat_map(|check| check(&sources)).collect();
    if complaints.is_empty() {
        println!("{} files are tidy", sources.len());
        return Ok(());
    }
    bail!("\n{}", complaints.join("\n"));
}

#[cfg(test)]
fn file(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}
