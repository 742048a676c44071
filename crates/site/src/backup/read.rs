//! Unpacking one, into a folder that has nothing in it yet.

use super::mark::Mark;
use super::{HUB, MARK};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use tar::{Archive, EntryType};

/// Unpacks a backup into a data folder that is empty or not there. What was begun in vain is taken away again.
pub fn restore(backup: &Path, data: &Path) -> Result<Value> {
    let file = File::open(backup).with_context(|| format!("{} cannot be read", backup.display()))?;
    make_empty(data)?;
    let unpacked = unpack(file, data).with_context(|| format!("{} is no whole backup", backup.display()));
    let unpacked = unpacked.and_then(|names| Ok((Mark::of(data)?.context("it has no time")?, names)));
    match unpacked {
        Ok((mark, names)) => {
            Ok(json!({ "data": data, "holds": names, "copied_at": mark.copied_at.to_string() }))
        }
        Err(error) => {
            take_away(data);
            Err(error)
        }
    }
}

/// A restored folder must be the copy and nothing else: what is newer or older beside it would be taken for a part of it.
fn make_empty(data: &Path) -> Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.with_context(|| format!("the data folder {} cannot be made", data.display()))?;
    if fs::read_dir(data)?.next().is_some() {
        bail!("{} is not empty: a backup is restored into a folder of its own", data.display());
    }
    Ok(())
}

fn unpack(file: File, data: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in Archive::new(file).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        // Nothing of an archive that somebody else has made leaves the folder.
        if entry.header().entry_type() != EntryType::Regular || !super::names().contains(&name) {
            bail!("{name:?} belongs into no backup");
        }
        write(&mut entry, &data.join(&name))?;
        names.push(name);
    }
    if !names.iter().any(|name| name == MARK) {
        bail!("{MARK} is missing");
    }
    File::open(data)?.sync_all()?;
    Ok(names)
}

fn write(from: &mut impl io::Read, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    io::copy(from, &mut file)?;
    Ok(file.sync_all()?)
}

/// Only what a backup can hold: the folder was empty, but perhaps somebody uses it by now.
fn take_away(data: &Path) {
    for name in super::names() {
        let _ = fs::remove_file(data.join(name));
    }
    let _ = fs::remove_dir(data.join(HUB));
    let _ = fs::remove_dir(data);
}
