use crate::cases;
use bytes::Bytes;
use hub::{Draft, Envelope, Frame, Message, Predecessor, SecretKey, Time};
use proptest::prelude::*;
use serde_json::Value;

/// One place where bytes are changed.
#[derive(Clone, Debug)]
enum Change {
    Put(usize, u8),
    Insert(usize, u8),
    Remove(usize),
    Cut(usize),
    Number(usize, u64),
}

fn change() -> impl Strategy<Value = Change> {
    let place = || any::<usize>();
    let number = prop_oneof![Just(0), Just(u64::MAX), Just(1 << 63), Just((1 << 63) - 1), any::<u64>()];
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(place, byte)| Change::Put(place, byte)),
        (place(), any::<u8>()).prop_map(|(place, byte)| Change::Insert(place, byte)),
        place().prop_map(Change::Remove),
        place().prop_map(Change::Cut),
        (place(), number).prop_map(|(place, number)| Change::Number(place, number)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len().max(1);
        match *change {
            Change::Put(place, byte) if !bytes.is_empty() => bytes[place % length] = byte,
            Change::Insert(place, byte) => bytes.insert(place % (bytes.len() + 1), byte),
            Change::Remove(place) if !bytes.is_empty() => drop(bytes.remove(place % length)),
            Change::Cut(place) => bytes.truncate(place % length),
            Change::Number(place, number) if bytes.len() >= 8 => {
                let place = place % (bytes.len() - 7);
                bytes[place..place + 8].copy_from_slice(&number.to_be_bytes());
            }
            _ => {}
        }
    }
    bytes
}

/// The right bytes of these vectors, under this name.
fn right(file: &str, name: &str) -> Vec<Vec<u8>> {
    let path = format!("{}/../../docs/vectors/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let list = vectors["valid"].as_array().unwrap().iter();
    let hex = |text: &str| {
        (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..][..2], 16).unwrap()).collect()
    };
    list.map(|vector| hex(vector[name].as_str().unwrap())).collect()
}

fn nearly(file: &str, name: &str) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec(change(), 0..4);
    let noise = prop::collection::vec(any::<u8>(), 0..300);
    let near = (prop::sample::select(right(file, name)), changes);
    prop_oneof![9 => near.prop_map(|(bytes, changes)| changed(bytes, &changes)), 1 => noise]
}

/// What was read, written again from its parts.
fn written(envelope: &Envelope) -> Vec<u8> {
    let messages: Vec<Message> = envelope.messages().collect();
    let draft = Draft {
        epoch: envelope.stream().epoch,
        number: envelope.number(),
        previous: *envelope.previous(),
        predecessor: envelope.predecessor(),
        time: envelope.time(),
        ttl: envelope.ttl(),
        messages: &messages,
    };
    // The origin and the signature are of somebody else.
    let mut bytes = draft.sign(&SecretKey::from_seed([1; 32])).unwrap().bytes().to_vec();
    let (original, end) = (envelope.bytes(), envelope.bytes().len() - 64);
    bytes[1..33].copy_from_slice(&original[1..33]);
    bytes[end..].copy_from_slice(&original[end..]);
    bytes
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn an_envelope_that_is_read_is_written_back_byte_for_byte(bytes in nearly("envelopes", "envelope")) {
        if let Ok(envelope) = Envelope::read(bytes.clone().into()) {
            prop_assert_eq!(written(&envelope), bytes);
        }
    }

    #[test]
    fn a_frame_that_is_read_is_written_back_byte_for_byte(bytes in nearly("frames", "bytes")) {
        let bytes = Bytes::from(bytes);
        if let Ok(frame) = Frame::read(&bytes) {
            let again = frame.write();
            match frame {
                // A later version may have added something.
                Frame::Hello(_) => prop_assert_eq!(&again[..], &bytes[..again.len()]),
                // A reason of a later version is read as one that is known.
                Frame::Bye(_) => prop_assert_eq!(&again[2..], &bytes[2..]),
                _ => prop_assert_eq!(again, bytes),
            }
        }
    }

    #[test]
    fn an_envelope_that_is_signed_is_read_again(
        epoch in 1..1_u64 << 63,
        number in 1..1_u64 << 63,
        previous in any::<[u8; 32]>(),
        time in any::<u64>(),
        ttl in any::<u32>(),
        bodies in prop::collection::vec(("[ -~]{1,127}", prop::collection::vec(any::<u8>(), 0..200)), 1..20),
    ) {
        let messages: Vec<Message> = bodies
            .into_iter()
            .map(|(media_type, body)| Message { media_type, body: body.into() })
            .collect();
        let predecessor = (number == 1).then_some(Predecessor { epoch: 1, number: 1 }).filter(|_| epoch > 1);
        let previous = if number == 1 && predecessor.is_none() { [0; 32] } else { previous };
        let draft = Draft { epoch, number, previous, predecessor, time: Time(time), ttl, messages: &messages };
        let envelope = draft.sign(&SecretKey::from_seed([1; 32])).unwrap();
        prop_assert_eq!(envelope.messages().collect::<Vec<_>>(), messages);
        prop_assert_eq!(written(&envelope), envelope.bytes().to_vec());
    }
}
