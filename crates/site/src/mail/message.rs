//! A letter in the form of RFC 5322. Whatever a name or a subject contains, it stays inside its header.

use super::{Mail, SendError};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};
use std::time::{Duration, SystemTime};

pub(super) fn build(from: &Mailbox, mail: &Mail) -> Result<Message, SendError> {
    let to = Mailbox::new(name(&mail.to_name), address(&mail.to_address)?);
    let mut builder = Message::builder()
        .raw_header(id_header("Message-ID", &mail.message_id)?)
        .date(date(mail.sent_at))
        .from(from.clone())
        .to(to)
        .subject(one_line(&mail.subject))
        .raw_header(exact("Auto-Submitted", "auto-generated"));
    if let Some(reference) = &mail.reference {
        builder = builder
            .raw_header(id_header("In-Reply-To", reference)?)
            .raw_header(id_header("References", reference)?);
    }
    let text = SinglePart::plain(mail.text.clone());
    builder.singlepart(text).map_err(hopeless)
}

/// The id with its brackets, so that the header, the file name and what the caller stored agree.
pub(super) fn bracketed(id: &str) -> String {
    let bare = id.strip_prefix('<').and_then(|id| id.strip_suffix('>'));
    format!("<{}>", bare.unwrap_or(id))
}

fn id_header(name: &'static str, id: &str) -> Result<HeaderValue, SendError> {
    let id = bracketed(id);
    let inside = &id[1..id.len() - 1];
    let good = !inside.is_empty()
        && inside.bytes().all(|byte| byte.is_ascii_graphic())
        && !inside.contains(['<', '>']);
    if !good {
        return Err(hopeless(format!("{id:?} is no {name}")));
    }
    Ok(exact(name, &id))
}

/// A header that the library neither folds nor encodes.
fn exact(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        value.to_owned(),
        value.to_owned(),
    )
}

fn address(text: &str) -> Result<lettre::Address, SendError> {
    if text.contains(char::is_control) {
        return Err(hopeless(format!("{text:?} is no mail address")));
    }
    let wrong = |error| hopeless(format!("{text:?} is no mail address: {error}"));
    text.parse().map_err(wrong)
}

fn name(text: &str) -> Option<String> {
    let line = one_line(text);
    Some(line.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Line breaks would begin a new header.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn date(microseconds: i64) -> SystemTime {
    let since = Duration::from_micros(u64::try_from(microseconds).unwrap_or(0));
    SystemTime::UNIX_EPOCH + since
}

fn hopeless(error: impl ToString) -> SendError {
    SendError::Permanent(error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::sink::mail;
    use super::*;

    fn written(mail: &Mail) -> String {
        let from = "Anuko Auction <noreply@localhost>".parse().unwrap();
        String::from_utf8(build(&from, mail).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_letter_has_the_headers_that_mail_programs_ask_for() {
        let letter = written(&mail("outbid-1@localhost"));
        for line in [
            "Message-ID: <outbid-1@localhost>\r\n",
            "Date: Sun, 22 Nov 2026 18:25:00 +0000\r\n",
            "From: \"Anuko Auction\" <noreply@localhost>\r\n",
            "To: Ann <ann@example.org>\r\n",
            "Subject: You have been outbid: Clock\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "References: <first@localhost>\r\n",
            "MIME-Version: 1.0\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
            "\r\nHello Ann\r\n.\r\nBye\r\n",
        ] {
            assert!(letter.contains(line), "{line:?} is missing in\n{letter}");
        }
    }

    #[test]
    fn the_id_is_used_exactly_however_long_it_is() {
        let id = format!("<{}@auctions.example.org>", "x".repeat(150));
        assert!(written(&mail(&id)).contains(&format!("Message-ID: {id}\r\n")));
    }

    #[test]
    fn nothing_in_a_name_or_a_subject_begins_a_header() {
        let evil = "Ann\r\nBcc: all@example.org\r\n\r\nBuy!";
        let letter = written(&Mail { to_name: evil.to_owned(), subject: evil.to_owned(), ..mail("a@b") });
        let head = letter.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert!(!head.contains("Buy!\r\n\r\n") && letter.trim_end().ends_with("Bye"));
        let names: Vec<_> = head.lines().filter(|line| !line.starts_with(' ')).collect();
        assert!(names.iter().all(|line| line.contains(": ")), "{names:?}");
    }

    #[test]
    fn what_can_never_be_sent_is_final() {
        let from: Mailbox = "noreply@localhost".parse().unwrap();
        let to = |address: &str| Mail { to_address: address.to_owned(), ..mail("a@b") };
        let ids = ["", "a b@c", "a\r\nBcc: x@y", "a>b", "ä@b"].map(mail);
        let addresses = ["", "ann", "a\r\nb@c", "\"a\r\nb\"@c", "a@b, c@d"].map(to);
        for letter in ids.into_iter().chain(addresses) {
            assert!(build(&from, &letter).unwrap_err().is_permanent(), "{letter:?}");
        }
    }

    #[test]
    fn letters_of_all_alphabets_arrive() {
        let letter = written(&Mail {
            to_name: "Žofie Dvořáková".to_owned(),
            subject: "Přehozeno: hodiny".to_owned(),
            text: "Dobrý den\n".to_owned(),
            ..mail("a@b")
        });
        assert!(letter.is_ascii() && letter.contains("=?utf-8?"), "{letter}");
    }
}
