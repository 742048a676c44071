//! Envelopes, right and wrong.

use crate::keys::seed;
use crate::shape::{Envelopes, Message as Shown, Refused, Valid, hex};
use hub::{BYTES_MOST, Draft, Envelope, Message, Predecessor, SecretKey, Time};

const EPOCH: u64 = 1_764_072_000_000_000;

/// Where fields stand in an envelope of number 1.
pub(crate) const NUMBER: usize = 41;
const ORIGIN: usize = 1;
const PREVIOUS: usize = 49;
const PREDECESSOR: usize = 93;
const MESSAGES: usize = 109;
const MEDIA_TYPE: usize = 111;

pub(crate) fn text(body: &str) -> Message {
    Message { media_type: "text/plain".to_owned(), body: body.to_owned().into() }
}

fn draft(messages: &[Message]) -> Draft<'_> {
    let (previous, time) = ([0; 32], Time(EPOCH + 1_000_000));
    Draft { epoch: EPOCH, number: 1, previous, predecessor: None, time, ttl: 0, messages }
}

/// The first envelope of an origin, with one message.
pub(crate) fn first() -> Envelope {
    draft(&[text("Hello")]).sign(&SecretKey::from_seed(seed(1))).unwrap()
}

/// The one after it, with three messages and a ttl.
pub(crate) fn second() -> Envelope {
    let messages = [
        text("one"),
        Message { media_type: "application/json".to_owned(), body: r#"{"n":2}"#.into() },
        Message { media_type: "application/octet-stream".to_owned(), body: "".into() },
    ];
    let (previous, time) = (*first().hash(), Time(EPOCH + 2_000_000));
    let draft = Draft { number: 2, previous, time, ttl: 900, ..draft(&messages) };
    draft.sign(&SecretKey::from_seed(seed(1))).unwrap()
}

/// The first one of the next epoch.
fn third() -> Envelope {
    let messages = [text("after a new start")];
    let (epoch, previous, time) = (EPOCH + 60_000_000, *second().hash(), Time(EPOCH + 61_000_000));
    let predecessor = Some(Predecessor { epoch: EPOCH, number: 2 });
    let draft = Draft { epoch, previous, predecessor, time, ..draft(&messages) };
    draft.sign(&SecretKey::from_seed(seed(1))).unwrap()
}

/// One of the greatest numbers, and with the longest media type.
fn greatest() -> Envelope {
    let messages = [Message { media_type: "~".repeat(127), body: "x".into() }];
    let most = i64::MAX.cast_unsigned();
    let draft = Draft {
        epoch: most,
        number: most,
        previous: [0xff; 32],
        time: Time(u64::MAX),
        ttl: u32::MAX,
        ..draft(&messages)
    };
    draft.sign(&SecretKey::from_seed(seed(2))).unwrap()
}

fn many() -> Envelope {
    let messages = vec![text("x"); 256];
    draft(&messages).sign(&SecretKey::from_seed(seed(3))).unwrap()
}

pub(crate) fn all() -> Envelopes {
    let valid = vec![
        valid("the first of an origin, one message", seed(1), &first()),
        valid("the one after it: three messages, a ttl", seed(1), &second()),
        valid("the first of the next epoch", seed(1), &third()),
        valid("the greatest numbers, the longest media type", seed(2), &greatest()),
        valid("256 messages", seed(3), &many()),
    ];
    Envelopes { valid, refused: refused() }
}

fn valid(what: &str, seed: [u8; 32], envelope: &Envelope) -> Valid {
    let shown = |message: Message| Shown { media_type: message.media_type, body: hex(message.body) };
    Valid {
        what: what.to_owned(),
        seed: hex(seed),
        origin: envelope.stream().origin.to_string(),
        epoch: envelope.stream().epoch,
        number: envelope.number(),
        previous: hex(envelope.previous()),
        time: envelope.time().0,
        ttl: envelope.ttl(),
        predecessor: envelope.predecessor().map(|before| (before.epoch, before.number)),
        messages: envelope.messages().map(shown).collect(),
        envelope: hex(envelope.bytes()),
        hash: hex(envelope.hash()),
    }
}

/// The first envelope, with other bytes from a place on.
fn changed(place: usize, bytes: &[u8]) -> Vec<u8> {
    let mut changed = first().bytes().to_vec();
    changed[place..place + bytes.len()].copy_from_slice(bytes);
    changed
}

fn refused() -> Vec<Refused> {
    let beyond = (1_u64 << 63).to_be_bytes();
    let before = |epoch: u64, number: u64| [epoch.to_be_bytes(), number.to_be_bytes()].concat();
    let whole = first().bytes().to_vec();
    let mut long = whole.clone();
    long.insert(whole.len() - 64, 0);
    let mut without_type = changed(MEDIA_TYPE, &[0]);
    without_type.drain(MEDIA_TYPE + 1..MEDIA_TYPE + 11);
    let mut long_type = changed(MEDIA_TYPE, &[128]);
    long_type.splice(MEDIA_TYPE + 1..MEDIA_TYPE + 11, [b'x'; 128]);
    let of_next = |before: &[u8]| {
        let mut bytes = third().bytes().to_vec();
        bytes[PREDECESSOR..PREDECESSOR + 16].copy_from_slice(before);
        bytes
    };
    let cases = [
        ("no bytes", vec![]),
        ("shorter than a signature", whole[..63].to_vec()),
        ("cut in the middle of the origin", whole[..64 + 20].to_vec()),
        ("the last byte is missing", whole[..whole.len() - 1].to_vec()),
        ("a byte too many before the signature", long),
        ("version 0", changed(0, &[0])),
        ("version 2", changed(0, &[2])),
        ("an origin of small order", changed(ORIGIN, &[0; 32])),
        ("an origin that is not canonical", changed(ORIGIN, &crate::points::beyond(3, false))),
        ("epoch 0", changed(33, &[0; 8])),
        ("epoch 2^63", changed(33, &beyond)),
        ("number 0", changed(NUMBER, &[0; 8])),
        ("number 2^63", changed(NUMBER, &beyond)),
        ("no predecessor, but its hash", changed(PREVIOUS, &[1])),
        ("a predecessor without an epoch", of_next(&before(0, 2))),
        ("a predecessor without a number", of_next(&before(EPOCH, 0))),
        ("a predecessor of the same epoch", of_next(&before(EPOCH + 60_000_000, 2))),
        ("a predecessor of a later epoch", of_next(&before(EPOCH + 60_000_001, 2))),
        ("a predecessor with number 2^63", of_next(&before(EPOCH, 1 << 63))),
        ("no message", changed(MESSAGES, &[0, 0])),
        ("257 messages", changed(MESSAGES, &[1, 1])),
        ("one message fewer than there are", {
            let mut bytes = second().bytes().to_vec();
            bytes[PREDECESSOR + 1] -= 1;
            bytes
        }),
        ("a media type without a letter", without_type),
        ("a media type of 128 bytes", long_type),
        ("a media type with a line feed", changed(MEDIA_TYPE + 1, b"\n")),
        ("a media type that is not ASCII", changed(MEDIA_TYPE + 1, &[0xc3, 0xa9])),
        ("a body that is longer than all", changed(MEDIA_TYPE + 11, &[0xff; 4])),
    ];
    let mut refused: Vec<Refused> =
        cases.into_iter().map(|(what, bytes)| unreadable(what, bytes, None)).collect();
    refused.push(unreadable("one byte more than 256 KiB", vec![1], Some(BYTES_MOST + 1)));
    refused.extend(forged());
    refused
}

fn unreadable(what: &str, bytes: Vec<u8>, filled_to: Option<usize>) -> Refused {
    let mut filled = bytes.clone();
    filled.resize(filled_to.unwrap_or(bytes.len()), 0);
    let Err(why) = Envelope::read(filled.into()) else { panic!("this can be read: {what}") };
    Refused { what: what.to_owned(), why: why.to_string(), bytes: hex(bytes), filled_to }
}

/// These can be read; only the signature is wrong.
fn forged() -> [Refused; 3] {
    let last = first().bytes().len() - 1;
    [
        ("another body than was signed", changed(last - 64, b"0")),
        ("another time than was signed", changed(88, &[1])),
        ("another signature", changed(last, &[0])),
    ]
    .map(|(what, bytes)| Refused {
        what: what.to_owned(),
        why: "the signature is wrong".to_owned(),
        bytes: hex(bytes),
        filled_to: None,
    })
}
