//! What only a hub has in its data folder: its key, and a database that nobody else may read.

use crate::Chance;
use crate::key::{SecretKey, read_hex};
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The secret key of the hub, 64 hexadecimal digits. Not in the database, so that a copy of that is no clone of the hub.
pub const KEY: &str = "hub.key";

/// The key of the hub, if it has one.
pub fn key(folder: &Path) -> Result<Option<SecretKey>> {
    let file = folder.join(KEY);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", file.display())),
    };
    let seed = read_hex(text.trim())
        .with_context(|| format!("{} does not hold 64 hexadecimal digits", file.display()))?;
    Ok(Some(SecretKey::from_seed(seed)))
}

/// The key of the hub, made now if it has none. On disk before anything is signed with it.
pub fn key_or_new(folder: &Path, chance: &dyn Chance) -> Result<SecretKey> {
    if let Some(key) = key(folder)? {
        return Ok(key);
    }
    let key = SecretKey::from_seed(chance.secret());
    let file = folder.join(KEY);
    let written = write_key(&file, &key).and_then(|()| fs::File::open(folder)?.sync_all());
    written.with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(key)
}

fn write_key(file: &Path, key: &SecretKey) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(format!("{}\n", crate::key::hex(&key.seed())).as_bytes())?;
    file.sync_all()
}

/// Lets nobody but the owner of the folder read the database, which holds the keys of applications. Before it is opened:
/// what SQLite puts beside a file can be read by whoever can read that one.
pub fn protect(folder: &Path) -> Result<()> {
    process::folder::make_private(&folder.join(crate::log::FILE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemChance;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_and_nobody_else_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        assert!(key(folder.path()).unwrap().is_none());
        let made = key_or_new(folder.path(), &SystemChance).unwrap();
        let again = key_or_new(folder.path(), &SystemChance).unwrap();
        assert_eq!(made.public(), again.public());
        let mode = fs::metadata(folder.path().join(KEY)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_holds_no_key_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(KEY), "no key").unwrap();
        let error = key_or_new(folder.path(), &SystemChance).unwrap_err();
        assert!(error.to_string().contains("hub.key does not hold"), "{error}");
    }

    /// What SQLite puts beside a database that it makes itself could be read by everybody, until the next start.
    #[test]
    fn nothing_that_lies_beside_the_database_can_be_read_by_others() {
        let folder = tempfile::tempdir().unwrap();
        protect(folder.path()).unwrap();
        let (log, _) = crate::log::Log::open(folder.path(), crate::LogName(1), 2).unwrap();
        let mode =
            |file: fs::DirEntry| (file.file_name(), file.metadata().unwrap().permissions().mode() & 0o777);
        let modes: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| mode(file.unwrap())).collect();
        assert!(modes.len() > 1 && modes.iter().all(|(_, mode)| *mode == 0o600), "{modes:?}");
        log.close();
    }
}
