//! Who letters come from.

use lettre::message::Mailbox;
use settings::kind::quote;
use settings::{Kind, Value};

/// A mail address, perhaps with a name before it.
pub(crate) struct Sender;

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
