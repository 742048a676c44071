use crate::{array, bytes, filled, list, text, vectors};
use hub::{
    Auth, Bye, Carried, Frame, Have, Hello, Position, Ranges, Reason, Side, Skip, StreamId, Time, auth_bytes,
    is_proved,
};
use serde_json::Value;

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn stream(value: &Value) -> StreamId {
    StreamId { origin: text(&value["origin"]).parse().unwrap(), epoch: number(&value["epoch"]) }
}

fn hello(fields: &Value) -> Hello {
    let (int, word) =
        (|name: &str| number(&fields[name]) as u32, |name: &str| text(&fields[name]).to_owned());
    Hello {
        key: text(&fields["key"]).parse().unwrap(),
        nonce: array(&fields["nonce"]),
        side: if int("side") == 1 { Side::Dialler } else { Side::Listener },
        clock: Time(number(&fields["clock"])),
        retention: int("retention"),
        envelope_most: int("envelope_most"),
        window_envelopes: int("window_envelopes"),
        window_bytes: int("window_bytes"),
        name: word("name"),
        address: word("address"),
        software: word("software"),
    }
}

fn position(entry: &Value) -> Position {
    let mut settled = Ranges::up_to(number(&entry["settled"]));
    for range in entry["ranges"].as_array().unwrap() {
        settled.insert(number(&range[0])..=number(&range[1]));
    }
    Position { stream: stream(entry), settled, push: entry["push"].as_bool().unwrap() }
}

/// The frame that has these fields.
fn frame(name: &str, fields: &Value) -> Frame {
    let many = || fields.as_array().unwrap().iter();
    match name {
        "HELLO" => Frame::Hello(hello(fields)),
        "AUTH" => Frame::Auth(Auth {
            host: text(&fields["host"]).to_owned(),
            signature: array(&fields["signature"]),
        }),
        "HAVE" => Frame::Have(Have {
            complete: fields["complete"].as_bool().unwrap(),
            entries: fields["entries"].as_array().unwrap().iter().map(position).collect(),
        }),
        "MSG" => Frame::Msg(
            many()
                .map(|one| Carried {
                    hops: number(&one["hops"]) as u8,
                    envelope: bytes(&one["envelope"]).into(),
                })
                .collect(),
        ),
        "SKIP" => Frame::Skip(
            many()
                .map(|one| Skip {
                    stream: stream(one),
                    first: number(&one["first"]),
                    last: number(&one["last"]),
                })
                .collect(),
        ),
        "BYE" => Frame::Bye(Bye {
            reason: Reason::ALL[number(&fields["reason"]) as usize - 1],
            retry_after: number(&fields["retry_after"]) as u32,
            text: text(&fields["text"]).to_owned(),
        }),
        _ => panic!("no frame is called {name}"),
    }
}

#[test]
fn frames_are_read_and_written_as_the_vectors_say() {
    for vector in list(&vectors("frames"), "valid") {
        let what = text(&vector["what"]);
        let name = what.split(' ').next().unwrap();
        let expected = frame(name, &vector["fields"]);
        let bytes = bytes(&vector["bytes"]);
        assert_eq!(Frame::read(&bytes.clone().into()).as_ref(), Ok(&expected), "{what}");
        assert_eq!(expected.write(), bytes, "{what}");
    }
}

#[test]
fn frames_that_cannot_be_read_are_refused_for_the_reason_that_the_vectors_give() {
    for vector in list(&vectors("frames"), "refused") {
        let why = Frame::read(&filled(vector)).unwrap_err().to_string();
        assert_eq!(why, text(&vector["why"]), "{}", vector["what"]);
    }
}

#[test]
fn a_later_version_may_add_to_a_hello() {
    let frames = vectors("frames");
    let hello = bytes(&list(&frames, "valid")[0]["bytes"]);
    let longer = [hello.clone(), b"more".to_vec()].concat();
    assert_eq!(Frame::read(&longer.into()), Frame::read(&hello.into()));
}

#[test]
fn proofs_are_what_the_vectors_say() {
    for vector in list(&vectors("frames"), "proofs") {
        let what = text(&vector["what"]);
        let read = |name: &str| Frame::read(&bytes(&vector[name]).into()).unwrap();
        let (Frame::Hello(own), Frame::Hello(peer), Frame::Auth(auth)) =
            (read("own"), read("peer"), read("auth"))
        else {
            panic!("{what}: other frames")
        };
        let hosts: Vec<String> = list(vector, "hosts").iter().map(|host| text(host).to_owned()).collect();
        assert_eq!(auth_bytes(&own, &peer, &auth.host), bytes(&vector["signed"]), "{what}");
        assert_eq!(is_proved(&peer, &own, &auth, &hosts), vector["accepted"].as_bool().unwrap(), "{what}");
    }
}
