//! A data folder belongs to one process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Keeps a data folder for one process, by a lock on the file `lock` in it. Given up when dropped, or when the
/// process ends, however it ends.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

/// Why a data folder could not be had.
#[derive(Debug, thiserror::Error)]
pub enum Taken {
    /// Another process (or another part of this one) has it.
    #[error("the data folder {} is in use by another process", .0.display())]
    ByAnother(PathBuf),
    /// The file could not be made or locked.
    #[error("the data folder {} cannot be locked: {}", .0.display(), .1)]
    Unusable(PathBuf, std::io::Error),
}

impl DataLock {
    /// Takes the folder, which must exist, or says why not. Never waits.
    pub fn take(folder: &Path) -> Result<DataLock, Taken> {
        let unusable = |error| Taken::Unusable(folder.to_owned(), error);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("lock"))
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(DataLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Taken::ByAnother(folder.to_owned())),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_folder_belongs_to_one() {
        let place = tempfile::tempdir().unwrap();
        let first = DataLock::take(place.path()).unwrap();
        let second = DataLock::take(place.path()).unwrap_err();
        assert!(matches!(second, Taken::ByAnother(_)));
        assert!(second.to_string().ends_with("is in use by another process"));
        drop(first);
        DataLock::take(place.path()).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_cannot_be_taken() {
        let missing = tempfile::tempdir().unwrap().path().join("missing");
        assert!(matches!(DataLock::take(&missing), Err(Taken::Unusable(..))));
    }
}
