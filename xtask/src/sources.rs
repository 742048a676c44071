//! Our own files: what git knows or would take, read as text.

use crate::command;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// One file of the project.
pub(crate) struct Source {
    /// Relative to the folder asked for, with `/` between the parts.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The part of the name after the last dot, or nothing.
    pub(crate) fn kind(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, kind)| kind)
    }

    /// The lines with their numbers, from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

/// All files under a folder that are committed or could be; pictures and the like without their content.
/// Other people's files (any folder called `vendor`) are passed over.
pub(crate) fn under(folder: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths(folder)? {
        let bytes = match std::fs::read(folder.join(&path)) {
            Ok(bytes) => bytes,
            // Deleted but not committed yet.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error).context(path),
        };
        let text = String::from_utf8(bytes).unwrap_or_default();
        sources.push(Source { path, text });
    }
    Ok(sources)
}

fn paths(folder: &Path) -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let mut paths: Vec<String> = command::output(&mut git)?
        .split_terminator('\0')
        .filter(|path| !path.split('/').any(|part| part == "vendor"))
        .map(str::to_owned)
        .collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}
