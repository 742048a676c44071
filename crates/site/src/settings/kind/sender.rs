//! Who letters come from.

use super::super::value::Value;
use super::{Kind, quote};
use lettre::message::Mailbox;

/// A mail address, perhaps with a name before it.
pub(in super::super) struct Sender;

impl Kind for Sender {
    type Of = Mailbox;

    fn expects() -> String {
        "a mail address such as \"noreply@example.org\" or \"Auctions <noreply@example.org>\"".to_owned()
    }

    fn read(value: &Value) -> Option<Mailbox> {
        let text = value.text()?.trim();
        let good = !text.contains(char::is_control);
        good.then(|| text.parse().ok())?
    }

    fn write(mailbox: &Mailbox) -> String {
        quote(&mailbox.to_string())
    }
}
