//! Running other programs, with errors that name what was run.

use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Runs to the end with the output shown as it comes; anything but success is an error.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("start `{line}`"))?;
    ensure!(status.success(), "`{line}` failed: {status}");
    Ok(())
}

/// Runs to the end and returns what it printed; what it said on the error stream goes into the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let line = line(command);
    let done = command.stderr(Stdio::piped()).output().with_context(|| format!("start `{line}`"))?;
    if !done.status.success() {
        bail!("`{line}` failed: {}", String::from_utf8_lossy(&done.stderr));
    }
    Ok(String::from_utf8(done.stdout)?)
}

/// Runs to the end, shows both output streams in their true order, and hands each line to `see`.
pub(crate) fn watch(mut command: Command, mut see: impl FnMut(&str)) -> Result<()> {
    let line = line(&command);
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("start `{line}`"))?;
    // The command holds the writing ends; as long as it lives the reader waits for more.
    drop(command);
    for read in BufReader::new(reader).split(b'\n') {
        let text = String::from_utf8_lossy(&read?).into_owned();
        println!("{text}");
        see(&text);
    }
    let status = child.wait()?;
    ensure!(status.success(), "`{line}` failed: {status}");
    Ok(())
}

/// Whether a program of this name is on the PATH.
pub(crate) fn exists(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Whether we are root, who may install packages and whom PostgreSQL refuses.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
