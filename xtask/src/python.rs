//! A Python of our own, with libraries in it.

use crate::{command, packages};
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Makes sure that this folder holds a Python with exactly these libraries; gives a command that runs it.
pub(crate) fn with(folder: &Path, libraries: &[&str]) -> Result<Command> {
    let (python, made) = (folder.join("bin/python"), folder.join("made"));
    let wanted = libraries.join("\n");
    if std::fs::read_to_string(&made).is_ok_and(|made| made == wanted) {
        return Ok(quiet(&python));
    }
    packages::unless(packages::has_venv(), &["python3-venv"])?;
    command::succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    let mut pip = Command::new(&python);
    command::succeed(pip.args(["-m", "pip", "install", "--quiet"]).args(libraries))?;
    std::fs::write(made, wanted)?;
    Ok(quiet(&python))
}

/// What Python would leave beside the sources is nobody's.
fn quiet(python: &Path) -> Command {
    let mut command = Command::new(python);
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command
}
