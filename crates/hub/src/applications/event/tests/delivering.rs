//! Events on their way to applications.

use super::super::*;
use crate::envelope::{Draft, Envelope};
use crate::key::SecretKey;
use serde_json::{Value, json};

fn envelope(messages: &[Message]) -> Envelope {
    let key = SecretKey::from_seed([1; 32]);
    let (epoch, number) = (1_764_072_000_000_000, 3);
    let draft = Draft {
        epoch,
        number,
        previous: [1; 32],
        predecessor: None,
        time: Time(1_764_072_001_000_000),
        ttl: 0,
        messages,
    };
    draft.sign(&key).unwrap()
}

#[test]
fn a_delivered_event_says_where_it_stands_and_nobody_else_can() {
    let sent =
        r#"{"specversion":"1.0","id":"1","source":"/a","type":"b","hubkey":"forged","data": {"n": 1.10}}"#;
    let message = Event::structured(sent).unwrap().take_message();
    let envelope = envelope(std::slice::from_ref(&message));
    let event = Deliverer::of(&envelope).event(0, &message);
    let key = envelope.stream().origin;
    assert_eq!(
        event.text,
        format!(
            r#"{{"specversion":"1.0","id":"1","source":"/a","type":"b","data":{{"n": 1.10}},"hubkey":"{key}","hubepoch":"1764072000000000","hubnumber":"3","hubindex":0}}"#
        )
    );
    Event::structured(&event.text).unwrap();
}

#[test]
fn a_message_that_is_no_event_is_carried_in_one() {
    let broken = Message { media_type: EVENT.to_owned(), body: Bytes::from_static(b"{}") };
    let image = Message { media_type: "image/png".to_owned(), body: Bytes::from_static(b"\x89PNG") };
    let envelope = envelope(&[broken.clone(), image.clone()]);
    for (index, message) in [(0, &broken), (1, &image)] {
        let event = Deliverer::of(&envelope).event(index, message);
        Event::structured(&event.text).unwrap();
        let value: Value = serde_json::from_str(&event.text).unwrap();
        assert_eq!(value["type"], "com.anuko.hub.message.v1");
        assert_eq!(value["datacontenttype"], message.media_type);
        assert_eq!((&value["hubindex"], &value["hubnumber"]), (&json!(index), &json!("3")));
        assert_eq!(value["id"], format!("1764072000000000-3-{index}"));
        assert_eq!(value["time"], "2025-11-25T12:00:01Z");
    }
}
