//! The data folder: who can look inside, and who holds it.

use crate::{DataLock, Taken};
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Makes the data folder if it is not there. Nobody but its owner can look inside.
pub fn make(folder: &Path) -> Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("the data folder {} cannot be made", folder.display()))
}

/// Makes a file that nobody but its owner can read, or takes it away from others if it is there.
pub fn make_private(file: &Path) -> Result<()> {
    let made = fs::OpenOptions::new().append(true).create(true).mode(0o600).open(file);
    let done = made.and_then(|file| file.set_permissions(fs::Permissions::from_mode(0o600)));
    done.with_context(|| format!("{} cannot be kept from others", file.display()))
}

/// Takes the data folder for this process; `None` if another one holds it.
pub fn hold(folder: &Path) -> Result<Option<DataLock>> {
    match DataLock::take(folder) {
        Ok(lock) => Ok(Some(lock)),
        Err(Taken::ByAnother(_)) => Ok(None),
        Err(error) => Err(error).context("the data folder cannot be used"),
    }
}

/// Takes the data folder for a process that serves: nobody else may do so from the same one.
pub fn hold_to_serve(folder: &Path) -> Result<DataLock> {
    hold(folder)?.with_context(|| {
        let folder = folder.display();
        format!("another process serves from {folder}: stop it first, or choose another folder")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_for_its_owner_alone_and_belongs_to_one_process() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a/b");
        make(&folder).unwrap();
        make(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        let held = hold(&folder).unwrap();
        assert!(held.is_some() && hold(&folder).unwrap().is_none());
        let refused = hold_to_serve(&folder).unwrap_err();
        assert!(refused.to_string().ends_with("stop it first, or choose another folder"), "{refused}");
        drop(held);
        hold_to_serve(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_is_named() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(make(&file).unwrap_err().to_string().contains("file cannot be made"));
        assert!(hold(&file).unwrap_err().to_string().contains("cannot be used"));
    }
}
