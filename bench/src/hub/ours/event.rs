//! The event around a message, ready but for its id and the message.

use crate::hub::message::{self, BYTES, DIGITS};

/// What comes before the id, between id and data, and behind the data.
const PARTS: [&str; 3] =
    [r#"{"specversion":"1.0","type":"bench","source":"/bench","id":""#, r#"","data":""#, r#""}"#];

/// An event of JSON whose bytes are ready.
pub(super) struct Template {
    event: Vec<u8>,
    id: usize,
    data: usize,
}

impl Template {
    pub(super) fn new() -> Template {
        let id = PARTS[0].len();
        let data = id + DIGITS + PARTS[1].len();
        let event = [PARTS[0], &"0".repeat(DIGITS), PARTS[1], &"x".repeat(BYTES), PARTS[2]].concat();
        Template { event: event.into_bytes(), id, data }
    }

    /// Writes so many events that leave now: one as it is, more as a batch.
    pub(super) fn write(&self, body: &mut Vec<u8>, first_id: u64, together: usize) {
        let left = message::digits(message::nanoseconds());
        if together > 1 {
            body.push(b'[');
        }
        for id in first_id..first_id + together as u64 {
            if id > first_id {
                body.push(b',');
            }
            let start = body.len();
            body.extend_from_slice(&self.event);
            body[start + self.id..][..DIGITS].copy_from_slice(&message::digits(id));
            body[start + self.data..][..DIGITS].copy_from_slice(&left);
        }
        if together > 1 {
            body.push(b']');
        }
    }

    /// The bytes of an event.
    pub(super) fn bytes() -> usize {
        PARTS.iter().map(|part| part.len()).sum::<usize>() + DIGITS + BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_batch_holds_events_with_ids_of_their_own() {
        let mut body = Vec::new();
        Template::new().write(&mut body, 7, 2);
        let events: Vec<Value> = serde_json::from_slice(&body).unwrap();
        assert_eq!(events[0]["id"], "0000000000000007");
        assert_eq!(events[1]["id"], "0000000000000008");
        assert!(message::age(events[1]["data"].as_str().unwrap().as_bytes()).is_some());
        assert_eq!(body.len(), 2 * Template::bytes() + 3);
    }
}
