//! Text that is shown, and names of folders and files.

use super::super::value::Value;
use super::{Kind, quote};
use std::path::PathBuf;

/// A line of text that travels in a HELLO or stands on a page: so many bytes at least, and at most.
pub(in super::super) struct Line<const LEAST: usize, const MOST: usize>;

impl<const LEAST: usize, const MOST: usize> Kind for Line<LEAST, MOST> {
    type Of = String;

    fn expects() -> String {
        format!("text of {LEAST} to {MOST} bytes on one line")
    }

    fn read(value: &Value) -> Option<String> {
        let line = value.text()?.trim();
        let fits = (LEAST..=MOST).contains(&line.len());
        (fits && !line.contains(char::is_control)).then(|| line.to_owned())
    }

    fn write(line: &String) -> String {
        quote(line)
    }
}

/// A folder; relative ones are looked for in the folder where the hub was started.
pub(in super::super) struct Folder;

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
pub(in super::super) struct File;

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
