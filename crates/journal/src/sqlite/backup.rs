//! A copy of the database, made while it is written to.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::connect;
use super::errors::explain;
use crate::Error;

/// Copies the file as it is at one moment. All pages go in one step: that holds one snapshot, whereas a copy in
/// pieces starts again at every commit. The writer goes on meanwhile.
pub(crate) fn backup(file: &Path, to: &Path) -> Result<(), Error> {
    if to.exists() {
        return Err(Error::io(format!("{} is already there", to.display())));
    }
    let unfinished = beside(to);
    let copied = copy(file, &unfinished).and_then(|()| put_in_place(&unfinished, to));
    if copied.is_err() {
        // What is left of a failed copy only confuses.
        let _ = fs::remove_file(&unfinished);
    }
    copied
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".unfinished");
    PathBuf::from(name)
}

fn copy(file: &Path, to: &Path) -> Result<(), Error> {
    make_private(to)?;
    let source = connect::reader(file)?;
    let mut target = Connection::open(to).map_err(explain)?;
    let backup = Backup::new(&source, &mut target).map_err(explain)?;
    match backup.step(-1).map_err(explain)? {
        StepResult::Done => Ok(()),
        _ => Err(Error::Busy),
    }
}

/// A backup holds everything that the database does, so only its owner may read it.
fn make_private(file: &Path) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?;
    Ok(())
}

fn put_in_place(unfinished: &Path, to: &Path) -> Result<(), Error> {
    File::open(unfinished)?.sync_all()?;
    fs::rename(unfinished, to)?;
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
