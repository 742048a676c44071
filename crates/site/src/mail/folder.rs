//! Letters into a folder, a file each.

use super::{Mail, SendError};
use lettre::Message;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Names of files end at 255 bytes; the time, the ending and a temporary mark need some of them.
const ID_BYTES_MAX: usize = 150;

/// A folder of letters; made when the first one comes.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Nothing is touched yet.
    pub fn new(folder: PathBuf) -> Folder {
        Folder(folder)
    }

    /// Keeps a letter. When this says yes it is on the disk, whole, under its name.
    pub(super) async fn keep(&self, mail: &Mail, message: Message) -> Result<(), SendError> {
        let folder = self.0.clone();
        let name = name(mail);
        let write = move || write(&folder, &name, &message.formatted());
        let written = tokio::task::spawn_blocking(write).await;
        written
            .map_err(|error| SendError::Later(error.to_string()))?
            .map_err(|error| SendError::Later(format!("{}: {error}", self.0.display())))
    }
}

/// The time first, so that a listing is in order; then the id, so that a second try overwrites the first.
fn name(mail: &Mail) -> String {
    let time = jiff::Timestamp::from_microsecond(mail.sent_at).unwrap_or_default();
    let time = time.strftime("%Y%m%dT%H%M%S.%6fZ");
    let id = mail.message_id.trim_matches(['<', '>']);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "@._-+".contains(letter);
    let id = id.replace(|letter| !plain(letter), "_");
    format!("{time}-{}.eml", &id[..id.len().min(ID_BYTES_MAX)])
}

/// Under a temporary name first: who watches the folder never sees half a letter.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let temporary = folder.join(format!(".{name}.part"));
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, folder.join(name))?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::message;
    use super::super::sink::mail;
    use super::*;

    async fn keep(folder: &Folder, mail: &Mail) -> Result<(), SendError> {
        let from = "noreply@localhost".parse().unwrap();
        folder.keep(mail, message::build(&from, mail).unwrap()).await
    }

    fn listing(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn letters_lie_in_the_order_of_their_times() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().join("mail"));
        let early = mail("<1@a>");
        let late = Mail { sent_at: early.sent_at + 1, ..mail("../../0@a") };
        keep(&folder, &late).await.unwrap();
        keep(&folder, &early).await.unwrap();
        keep(&folder, &early).await.unwrap();
        let names = listing(&place.path().join("mail"));
        let expected = ["20261122T182500.000000Z-1@a.eml", "20261122T182500.000001Z-.._.._0@a.eml"];
        assert_eq!(names, expected);
        let text = fs::read_to_string(place.path().join("mail").join(&names[0])).unwrap();
        assert!(text.contains("Message-ID: <1@a>\r\n"));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_worth_another_try() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        fs::write(&file, "").unwrap();
        let no = keep(&Folder::new(file), &mail("1@a")).await.unwrap_err();
        assert!(!no.is_permanent(), "{no}");
    }
}
