use crate::{array, bytes, filled, list, text, vectors};
use hub::{Draft, Envelope, Message, Predecessor, Seal, SecretKey, Time};
use serde_json::Value;

fn messages(vector: &Value) -> Vec<Message> {
    let shown = list(vector, "messages").iter();
    let message = |shown: &Value| Message {
        media_type: text(&shown["media_type"]).to_owned(),
        body: bytes(&shown["body"]).into(),
    };
    shown.map(message).collect()
}

#[test]
fn right_envelopes_are_read_as_they_were_signed() {
    for vector in list(&vectors("envelopes"), "valid") {
        let (what, number) = (text(&vector["what"]), |name: &str| vector[name].as_u64().unwrap());
        let envelope = Envelope::read(bytes(&vector["envelope"]).into()).unwrap();
        let stream = envelope.stream();
        assert_eq!(stream.origin.to_string(), text(&vector["origin"]), "{what}");
        assert_eq!((stream.epoch, envelope.number()), (number("epoch"), number("number")), "{what}");
        assert_eq!(*envelope.previous(), array::<32>(&vector["previous"]), "{what}");
        assert_eq!(envelope.time().0, number("time"), "{what}");
        assert_eq!(u64::from(envelope.ttl()), number("ttl"), "{what}");
        assert_eq!(envelope.predecessor(), predecessor(vector), "{what}");
        assert_eq!(envelope.messages().collect::<Vec<_>>(), messages(vector), "{what}");
        assert_eq!(*envelope.hash(), array::<32>(&vector["hash"]), "{what}");
        assert!(Seal::of(envelope).check().is_ok(), "{what}");
    }
}

#[test]
fn envelopes_are_signed_as_the_vectors_say() {
    for vector in list(&vectors("envelopes"), "valid") {
        let number = |name: &str| vector[name].as_u64().unwrap();
        let messages = messages(vector);
        let draft = Draft {
            epoch: number("epoch"),
            number: number("number"),
            previous: array(&vector["previous"]),
            predecessor: predecessor(vector),
            time: Time(number("time")),
            ttl: number("ttl") as u32,
            messages: &messages,
        };
        let envelope = draft.sign(&SecretKey::from_seed(array(&vector["seed"]))).unwrap();
        assert_eq!(envelope.bytes()[..], bytes(&vector["envelope"]), "{}", vector["what"]);
    }
}

fn predecessor(vector: &Value) -> Option<Predecessor> {
    let [epoch, number] = vector["predecessor"].as_array()?.as_slice() else { panic!("two numbers") };
    Some(Predecessor { epoch: epoch.as_u64()?, number: number.as_u64()? })
}

#[test]
fn wrong_envelopes_are_refused_for_the_reason_that_the_vectors_give() {
    for vector in list(&vectors("envelopes"), "refused") {
        let why = match Envelope::read(filled(vector)) {
            Err(why) => why.to_string(),
            Ok(envelope) => {
                assert!(Seal::of(envelope).check().is_err(), "{}", vector["what"]);
                "the signature is wrong".to_owned()
            }
        };
        assert_eq!(why, text(&vector["why"]), "{}", vector["what"]);
    }
}
