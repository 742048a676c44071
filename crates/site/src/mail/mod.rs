//! How letters leave: by a mail server, into a folder, or into memory.
//!
//! A yes means that somebody else keeps the letter now. A no says whether it is worth another try; when and
//! how often is decided by who asks. Each letter keeps its Message-ID through all tries.

mod error;
mod folder;
mod letter;
mod memory;
mod message;
#[cfg(test)]
mod sink;
mod smtp;

pub use error::SendError;
pub use folder::Folder;
pub use letter::{Letter, Unsold, Written};
pub use memory::Memory;
pub use smtp::Smtp;

use crate::settings::{Settings, Transport};
use lettre::message::Mailbox;

/// A letter, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The Message-ID, used as it is; angle brackets are put around it where they are missing.
    pub message_id: String,
    /// The mail address of who gets it.
    pub to_address: String,
    /// The name of who gets it.
    pub to_name: String,
    /// The subject.
    pub subject: String,
    /// The text, plain.
    pub text: String,
    /// The date of the letter in microseconds since 1970, UTC.
    pub sent_at: i64,
    /// The Message-ID of the letter that this one follows, so that readers show them together.
    pub reference: Option<String>,
}

/// Sends letters in the way that the settings ask for.
#[derive(Debug)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Smtp(Smtp),
    Folder(Folder),
    Memory(Memory),
}

impl Mailer {
    /// Must be called inside the tokio runtime, which keeps the connections to the mail server.
    pub fn new(settings: &Settings) -> Result<Mailer, SendError> {
        let way = match settings.mail.transport {
            Transport::Smtp => Way::Smtp(Smtp::new(&settings.mail.smtp_url)?),
            Transport::Folder => Way::Folder(Folder::new(settings.mail_folder())),
            Transport::Memory => Way::Memory(Memory::default()),
        };
        let from = settings.mail.from.clone();
        Ok(Mailer { from, way })
    }

    /// Sends one letter. Once begun it goes on to its end, even if nobody waits for the answer any more.
    pub async fn send(&self, mail: Mail) -> Result<(), SendError> {
        match &self.way {
            Way::Smtp(smtp) => smtp.send(message::build(&self.from, &mail)?).await,
            Way::Folder(folder) => folder.keep(&mail, message::build(&self.from, &mail)?).await,
            Way::Memory(memory) => {
                memory.keep(mail);
                Ok(())
            }
        }
    }

    /// Whether the mail server answers; folders and memory always do.
    pub async fn greet(&self) -> Result<(), SendError> {
        match &self.way {
            Way::Smtp(smtp) => smtp.greet().await,
            Way::Folder(_) | Way::Memory(_) => Ok(()),
        }
    }

    /// The letters in memory, if that is where they go.
    pub fn memory(&self) -> Option<&Memory> {
        match &self.way {
            Way::Memory(memory) => Some(memory),
            Way::Smtp(_) | Way::Folder(_) => None,
        }
    }
}
