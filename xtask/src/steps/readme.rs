//! The step `readme`: the commands that our documents tell people to type really work.
//!
//! Blocks marked `sh test` are run, in their order, all those of one document in one shell.

use super::Step;
use crate::folder::Folder;
use crate::sources::{self, Source};
use crate::test::Run;
use crate::{command, house::House};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

pub(super) const STEP: Step =
    Step { name: "readme", says: "the commands in README.md and docs/ do what they say", tool: None, run };

/// A server that a document starts in the background ends with its shell.
const BEFORE: &str = "trap 'jobs=$(jobs -p); [ -z \"$jobs\" ] || kill $jobs; wait' EXIT\n";
const SECONDS_MAX: &str = "120";

fn run(run: &mut Run) -> Result<()> {
    let root = &run.house.root;
    if !root.join("README.md").is_file() {
        println!("there is no README.md yet");
    }
    let sources = sources::under(root)?;
    let documents = sources.iter().filter(|source| is_document(&source.path));
    let scripts: Vec<_> = documents.filter_map(script).collect();
    if !scripts.is_empty() {
        run.house.build()?;
    }
    scripts.iter().try_for_each(|script| perform(script, &run.house))
}

/// The blocks of one document, as one script.
struct Script<'a> {
    document: &'a str,
    text: String,
}

fn script(document: &Source) -> Option<Script<'_>> {
    let text = blocks(&document.text).join("\n");
    let document = &document.path;
    (!text.is_empty()).then_some(Script { document, text })
}

fn is_document(path: &str) -> bool {
    path == "README.md" || (path.starts_with("docs/") && path.ends_with(".md"))
}

fn perform(script: &Script, house: &House) -> Result<()> {
    println!("{}: running its commands", script.document);
    let folder = Folder::new("readme")?;
    let mut bash = Command::new("timeout");
    bash.args(["--foreground", SECONDS_MAX, "bash", "-euo", "pipefail", "-c"])
        .arg(format!("{BEFORE}{}", script.text))
        .current_dir(folder.path())
        .env("PATH", path_with(&[house.binaries()])?);
    command::succeed(&mut bash).with_context(|| format!("the commands in {} failed", script.document))
}

/// The PATH with these folders before all others.
pub(super) fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&path));
    Ok(std::env::join_paths(all)?)
}

/// The text of each fenced block whose info string is `sh test`.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if info.trim() == "sh test" {
            blocks.push(block.join("\n"));
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blocks_marked_as_tests_are_run() {
        let text = "a\n```sh\nrm x\n```\n```sh test\necho one\necho two\n```\n```sh test\necho three\n```\n";
        assert_eq!(blocks(text), ["echo one\necho two", "echo three"]);
    }

    #[test]
    fn a_mark_inside_another_block_is_text() {
        assert!(blocks("```text\n``` sh test\n```\n").is_empty());
    }
}
