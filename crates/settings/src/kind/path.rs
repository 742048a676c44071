//! Names of folders and files.

use super::{Kind, quote};
use crate::Value;
use std::path::PathBuf;

/// A folder; relative ones are looked for in the folder where the program was started.
pub struct Folder;

impl Kind for Folder {
    type Of = PathBuf;

    fn expects() -> String {
        "the name of a folder".to_owned()
    }

    fn read(value: &Value) -> Option<PathBuf> {
        File::read(value).filter(|path| !path.as_os_str().is_empty())
    }

    fn write(path: &PathBuf) -> String {
        File::write(path)
    }
}

/// A file, or nothing.
pub struct File;

impl Kind for File {
    type Of = PathBuf;

    fn expects() -> String {
        "empty, or the name of a file".to_owned()
    }

    fn read(value: &Value) -> Option<PathBuf> {
        let path = value.text()?;
        (!path.contains('\0')).then(|| PathBuf::from(path))
    }

    fn write(path: &PathBuf) -> String {
        quote(&path.to_string_lossy())
    }
}
