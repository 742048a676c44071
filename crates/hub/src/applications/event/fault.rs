//! What is wrong with an event.

use serde::Serialize;

/// What is wrong, and with which attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The attribute or member; empty if it is the event as a whole.
    pub field: String,
    /// A stable word for what is wrong with it.
    pub problem: &'static str,
    /// The same in words for people.
    pub words: &'static str,
}

/// Every word, with what it means to people.
pub(in super::super) const PROBLEMS: [(&str, &str); 15] = [
    ("missing", "must be there"),
    ("empty", "must not be empty"),
    ("twice", "must be there only once"),
    ("not_a_name", "is no name of an attribute: small letters a to z and digits"),
    ("wrong_type", "must be text, true, false or a whole number of 32 bits, as its definition says"),
    ("disallowed_characters", "has characters that no attribute may have, such as control characters"),
    ("not_1_0", "must be 1.0"),
    ("not_a_uri", "must be an absolute URI (RFC 3986)"),
    ("not_a_uri_reference", "must be a URI or a reference to one (RFC 3986)"),
    ("not_a_time", "must be a time such as 2018-04-05T17:31:00Z (RFC 3339)"),
    ("not_a_media_type", "must be a media type such as application/json (RFC 2046)"),
    ("not_base64", "must be text in base64 (RFC 4648)"),
    ("not_utf8", "is not UTF-8 after percent-decoding"),
    ("not_alone", "must not be there together with the other form of the same"),
    ("past", "has passed"),
];

impl Fault {
    /// Something is wrong with a field.
    pub(super) fn new(field: impl Into<String>, problem: &'static str) -> Fault {
        let words = PROBLEMS.iter().find(|(word, _)| *word == problem).map_or("is wrong", |(_, words)| words);
        Fault { field: field.into(), problem, words }
    }

    /// The event can no longer be delivered in time.
    pub fn past() -> Fault {
        Fault::new("expirytime", "past")
    }
}
