//! The step `walls`: the crates depend on each other as the design says, and in no other way.
//!
//! A check that cannot fail proves nothing, so every wall is first held against a small workspace that
//! breaks it.

mod arrows;
mod bare;
mod doors;
mod silence;

use super::Step;
use crate::house;
use crate::sources::{self, Source};
use crate::test::Run;
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::path::Path;

pub(super) const STEP: Step = Step {
    name: "walls",
    says: "crates depend on each other only along the arrows, the rules can do no I/O, the hub knows no auction",
    tool: None,
    run,
};

const FIXTURE: &str = "xtask/fixtures/forbidden-arrow";

/// One rule about the crates; returns its complaints.
struct Wall {
    name: &'static str,
    check: fn(&[Crate], &[Source]) -> Vec<String>,
}

const WALLS: [Wall; 5] = [
    Wall { name: "arrows", check: arrows::check },
    Wall { name: "bare rules", check: bare::check_dependencies },
    Wall { name: "no way out", check: bare::check_sources },
    Wall { name: "doors", check: doors::check },
    Wall { name: "silence", check: silence::check },
];

/// A product crate and what it links, build scripts included. What only its tests use is not here.
struct Crate {
    name: String,
    dependencies: Vec<String>,
}

fn run(run: &mut Run) -> Result<()> {
    let root = &run.house.root;
    prove(&root.join(FIXTURE))?;
    let (crates, sources) = read(root)?;
    let complaints: Vec<_> = WALLS.iter().flat_map(|wall| (wall.check)(&crates, &sources)).collect();
    if complaints.is_empty() {
        println!("{} crates stand where they should", crates.len());
        return Ok(());
    }
    bail!("\n{}", complaints.join("\n"));
}

/// Every wall has to complain about the fixture.
fn prove(fixture: &Path) -> Result<()> {
    let (crates, sources) = read(fixture)?;
    for wall in &WALLS {
        let complaints = (wall.check)(&crates, &sources);
        ensure!(!complaints.is_empty(), "the wall {:?} lets the fixture pass", wall.name);
        println!("{}: seen to fail on the fixture: {}", wall.name, complaints[0]);
    }
    Ok(())
}

fn read(root: &Path) -> Result<(Vec<Crate>, Vec<Source>)> {
    let metadata = house::metadata(root)?;
    let packages = metadata["packages"].as_array().context("cargo names no packages")?;
    // xtask and other chores stand outside the house.
    let inside = root.join("crates");
    let product = |package: &&Value| {
        package["manifest_path"].as_str().is_some_and(|path| Path::new(path).starts_with(&inside))
    };
    let crates = packages.iter().filter(product).map(crate_of).collect();
    Ok((crates, sources::under(root)?))
}

fn crate_of(package: &Value) -> Crate {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    let linked = dependencies.filter(|dependency| dependency["kind"] != "dev");
    Crate {
        name: text(&package["name"]),
        dependencies: linked.map(|dependency| text(&dependency["name"])).collect(),
    }
}

#[cfg(test)]
fn depends(name: &str, dependencies: &[&str]) -> Crate {
    Crate { name: name.to_owned(), dependencies: dependencies.iter().map(|&name| name.to_owned()).collect() }
}

#[cfg(test)]
fn file(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_tests_use_is_no_arrow() {
        let package = serde_json::json!({"name": "journal", "dependencies": [
            {"name": "postgres", "kind": null}, {"name": "cc", "kind": "build"}, {"name": "tempfile", "kind": "dev"},
        ]});
        assert_eq!(crate_of(&package).dependencies, ["postgres", "cc"]);
    }
}
