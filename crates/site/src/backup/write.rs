//! Making one, while the site runs.

use super::mark::Mark;
use super::{HUB, MARK, of_hub};
use crate::network;
use crate::settings::Settings;
use crate::site_folder::DATABASE;
use anyhow::{Context, Result, bail};
use hub::hub_folder;
use jiff::Timestamp;
use market::{Clock, SystemClock};
use serde_json::{Value, json};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use store::{Journal, Location};
use tar::{Builder, EntryType, Header};

/// Writes everything into a new file, which appears when it is complete. Blocks.
pub fn write(settings: &Settings, journal: &Journal, to: &Path) -> Result<Value> {
    if to.exists() {
        bail!("{} is already there", to.display());
    }
    let mark = mark(settings)?;
    let parts = Parts::beside(to)?;
    parts.add(MARK, |file| Ok(fs::write(file, mark.text())?))?;
    parts.add_databases(settings, journal)?;
    let names = parts.pack(&mark)?;
    parts.put_in_place(to)?;
    let bytes = fs::metadata(to)?.len();
    Ok(json!({ "file": to, "bytes": bytes, "holds": names, "copied_at": mark.copied_at.to_string() }))
}

/// A copy of a node that has not yet caught up with what it had missed is as old as what that was restored from.
fn mark(settings: &Settings) -> Result<Mark> {
    let is_node = network::folder(settings).join(hub::FILE).exists();
    let old = Mark::of(&settings.data)?.filter(|_| is_node);
    let now = Timestamp::from_microsecond(SystemClock.now().0)?;
    Ok(old.unwrap_or(Mark { copied_at: now }))
}

/// A folder for copies that are not yet packed. It goes with this.
struct Parts(PathBuf);

impl Parts {
    fn beside(to: &Path) -> Result<Parts> {
        let mut name = to.as_os_str().to_owned();
        name.push(".parts");
        let folder = PathBuf::from(name);
        let made = DirBuilder::new().mode(0o700).create(&folder);
        made.with_context(|| format!("{} cannot be made", folder.display()))?;
        // From here on it is ours to remove.
        let parts = Parts(folder);
        DirBuilder::new().mode(0o700).create(parts.path(HUB))?;
        Ok(parts)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn add(&self, name: &str, copy: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        copy(&self.path(name)).with_context(|| format!("{name} cannot be copied"))
    }

    /// The hub comes last: what the site has told others must be in it.
    fn add_databases(&self, settings: &Settings, journal: &Journal) -> Result<()> {
        let hub = network::folder(settings);
        let (log, key) = (hub.join(hub::FILE), hub.join(hub_folder::KEY));
        // A database on PostgreSQL is not in the folder, and says so itself if there is nothing else to copy.
        if matches!(journal.location(), Location::Sqlite(_)) || !log.exists() {
            self.add(DATABASE, |file| Ok(journal.backup(file)?))?;
        }
        if key.exists() {
            self.add(&of_hub(hub_folder::KEY), |file| Ok(fs::copy(&key, file).map(drop)?))?;
        }
        if log.exists() {
            self.add(&of_hub(hub::FILE), |file| Ok(Location::Sqlite(log).backup(file)?))?;
        }
        Ok(())
    }

    fn packed(&self) -> PathBuf {
        self.path("packed")
    }

    /// Packs what there is; gives its names.
    fn pack(&self, mark: &Mark) -> Result<Vec<String>> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.packed())?;
        let mut archive = Builder::new(file);
        let mut names = Vec::new();
        for name in super::names() {
            let part = self.path(&name);
            if part.exists() {
                let part = File::open(part)?;
                let mut header = head(part.metadata()?.len(), mark);
                archive.append_data(&mut header, &name, part)?;
                names.push(name);
            }
        }
        archive.into_inner()?.sync_all()?;
        Ok(names)
    }

    fn put_in_place(&self, to: &Path) -> Result<()> {
        fs::rename(self.packed(), to)?;
        if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn head(bytes: u64, mark: &Mark) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(bytes);
    // It holds everything that the folder does, so only its owner may read it.
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(mark.copied_at.as_second()).unwrap_or(0));
    header
}
