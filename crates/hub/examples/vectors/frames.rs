//! Frames, right and wrong; the proof at the beginning of a link.

use crate::envelopes::{first, second};
use crate::keys::seed;
use crate::shape::{Frames, Proof, Refused, ValidFrame, hex};
use bytes::Bytes;
use hub::{
    Auth, Bye, Carried, Frame, Have, Hello, Position, Ranges, Reason, SecretKey, Side, Skip, StreamId, Time,
    auth_bytes, is_proved, prove,
};
use serde_json::{Value, json};

const HOST: &str = "hub.example";

fn hello(byte: u8, side: Side) -> Hello {
    Hello {
        key: SecretKey::from_seed(seed(byte)).public(),
        nonce: [0x10 + byte; 32],
        side,
        clock: Time(1_764_072_000_000_000),
        retention: 604_800,
        envelope_most: 262_144,
        window_envelopes: 4096,
        window_bytes: 4_194_304,
        name: format!("Hub {byte}"),
        address: if byte == 2 { format!("wss://{HOST}/hub") } else { String::new() },
        software: "anuko-hub 0.1.0".to_owned(),
    }
}

pub(crate) fn all() -> Frames {
    Frames { proofs: proofs(), valid: valid(), refused: refused() }
}

/// The dialler proves itself to the listener.
fn proofs() -> Vec<Proof> {
    let (dialler, listener) = (hello(1, Side::Dialler), hello(2, Side::Listener));
    let (first, second) = (SecretKey::from_seed(seed(1)), SecretKey::from_seed(seed(2)));
    let auth = prove(&first, &dialler, &listener, HOST);
    let back = prove(&second, &listener, &dialler, HOST);
    let wrong = Auth { signature: prove(&second, &dialler, &listener, HOST).signature, ..auth.clone() };
    let other_nonce = Hello { nonce: [0x99; 32], ..listener.clone() };
    let same_side = Hello { side: Side::Listener, ..dialler.clone() };
    let of_same_side = prove(&first, &same_side, &listener, HOST);
    let elsewhere = prove(&first, &dialler, &listener, "other.example");
    let own = prove(&second, &Hello { side: Side::Dialler, ..listener.clone() }, &listener, HOST);
    vec![
        proof("the dialler proves itself", true, &dialler, &listener, &auth),
        proof("the listener proves itself", true, &listener, &dialler, &back),
        proof("signed with another key", false, &dialler, &listener, &wrong),
        proof("given before, on a connection with another nonce", false, &dialler, &other_nonce, &auth),
        proof("both say that they are the listener", false, &same_side, &listener, &of_same_side),
        proof("under a host that is none of the listener's", false, &dialler, &listener, &elsewhere),
        proof("the own key", false, &Hello { side: Side::Dialler, ..listener.clone() }, &listener, &own),
    ]
}

fn proof(what: &str, accepted: bool, own: &Hello, peer: &Hello, auth: &Auth) -> Proof {
    let hosts = vec![HOST.to_owned()];
    assert_eq!(is_proved(peer, own, auth, &hosts), accepted, "{what}");
    Proof {
        what: what.to_owned(),
        accepted,
        own: hex(Frame::Hello(own.clone()).write()),
        peer: hex(Frame::Hello(peer.clone()).write()),
        signed: hex(auth_bytes(own, peer, &auth.host)),
        auth: hex(Frame::Auth(auth.clone()).write()),
        hosts,
    }
}

fn frame(what: &str, fields: Value, frame: &Frame) -> ValidFrame {
    ValidFrame { what: what.to_owned(), fields, bytes: hex(frame.write()) }
}

fn stream() -> StreamId {
    first().stream()
}

fn have() -> Frame {
    let settled: Ranges = [1..=17, 20..=20, 25..=30].into_iter().collect();
    let nothing = StreamId { epoch: stream().epoch + 60_000_000, ..stream() };
    Frame::Have(Have {
        complete: true,
        entries: vec![
            Position { stream: stream(), settled, push: true },
            Position { stream: nothing, settled: Ranges::new(), push: false },
        ],
    })
}

fn msg() -> Frame {
    let carried = |hops, envelope| Carried { hops, envelope };
    Frame::Msg(vec![carried(0, first().bytes().clone()), carried(3, second().bytes().clone())])
}

fn bye() -> Frame {
    Frame::Bye(Bye { reason: Reason::NotApproved, retry_after: 60, text: "not yet".to_owned() })
}

fn skip() -> Frame {
    Frame::Skip(vec![Skip { stream: stream(), first: 3, last: 9 }])
}

fn valid() -> Vec<ValidFrame> {
    let (origin, epoch) = (stream().origin.to_string(), stream().epoch);
    let hello_frame = Frame::Hello(hello(2, Side::Listener));
    let auth =
        prove(&SecretKey::from_seed(seed(1)), &hello(1, Side::Dialler), &hello(2, Side::Listener), HOST);
    let hello_fields = json!({
        "key": SecretKey::from_seed(seed(2)).public().to_string(), "nonce": hex([0x12; 32]), "side": 2,
        "clock": 1_764_072_000_000_000_u64, "retention": 604_800, "envelope_most": 262_144,
        "window_envelopes": 4096, "window_bytes": 4_194_304, "name": "Hub 2",
        "address": "wss://hub.example/hub", "software": "anuko-hub 0.1.0",
    });
    let nothing = Frame::Have(Have { complete: true, entries: Vec::new() });
    let have_fields = json!({ "complete": true, "entries": [
        { "origin": origin, "epoch": epoch, "settled": 17, "push": true, "ranges": [[20, 20], [25, 30]] },
        { "origin": origin, "epoch": epoch + 60_000_000, "settled": 0, "push": false, "ranges": [] },
    ]});
    let msg_fields = json!([
        { "hops": 0, "envelope": hex(first().bytes()) }, { "hops": 3, "envelope": hex(second().bytes()) },
    ]);
    vec![
        frame("HELLO", hello_fields, &hello_frame),
        frame("AUTH", json!({ "host": HOST, "signature": hex(auth.signature) }), &Frame::Auth(auth)),
        frame("HAVE", have_fields, &have()),
        frame("HAVE that ends an empty account", json!({ "complete": true, "entries": [] }), &nothing),
        frame("MSG", msg_fields, &msg()),
        frame("SKIP", json!([{ "origin": origin, "epoch": epoch, "first": 3, "last": 9 }]), &skip()),
        frame("BYE", json!({ "reason": 2, "retry_after": 60, "text": "not yet" }), &bye()),
    ]
}

/// The bytes of a frame, changed.
fn changed(frame: &Frame, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = frame.write();
    change(&mut bytes);
    bytes
}

fn refused() -> Vec<Refused> {
    let hello = Frame::Hello(hello(2, Side::Listener));
    let put = |frame: &Frame, place: usize, bytes: &[u8]| {
        changed(frame, |all| all[place..place + bytes.len()].copy_from_slice(bytes))
    };
    let cases = [
        ("no bytes", vec![]),
        ("frame 0", vec![0]),
        ("frame 7", vec![7]),
        ("HELLO that ends early", changed(&hello, |all| all.truncate(40))),
        ("HELLO with a key of small order", put(&hello, 1, &[0; 32])),
        ("HELLO of no side", put(&hello, 65, &[3])),
        ("HELLO with a name of 101 bytes", put(&hello, 90, &[0, 101])),
        ("HELLO with a name that is not UTF-8", put(&hello, 92, &[0xff])),
        ("HELLO with a line feed in its name", put(&hello, 92, b"\n")),
        ("AUTH without a signature", vec![2, 0, 1, b'a']),
        ("AUTH with a host of 256 bytes", vec![2, 1, 0]),
        ("HAVE with a flag of 2", put(&have(), 1, &[2])),
        ("HAVE of 501 entries", put(&have(), 2, &[1, 0xf5])),
        ("HAVE with a push bit of 2", put(&have(), 52, &[2])),
        ("HAVE with 65 ranges", put(&have(), 53, &[0, 65])),
        ("HAVE with a range that touches the one before", put(&have(), 55, &18_u64.to_be_bytes())),
        ("HAVE with a range that ends before it begins", put(&have(), 55, &21_u64.to_be_bytes())),
        ("HAVE with ranges out of order", put(&have(), 71, &19_u64.to_be_bytes())),
        ("HAVE up to 2^64 - 1", put(&have(), 44, &[0xff; 8])),
        ("HAVE with a byte too many", changed(&have(), |all| all.push(0))),
        ("MSG with fewer envelopes than it says", put(&msg(), 1, &[0, 3])),
        ("MSG with a byte too many", changed(&msg(), |all| all.push(0))),
        ("SKIP from 0", put(&skip(), 43, &[0; 8])),
        ("SKIP that ends before it begins", put(&skip(), 51, &2_u64.to_be_bytes())),
        ("SKIP up to 2^64 - 1", put(&skip(), 51, &[0xff; 8])),
        ("SKIP of 501 entries", put(&skip(), 1, &[1, 0xf5])),
        ("BYE with a text of 201 bytes", put(&bye(), 6, &[0, 201])),
        ("BYE with an escape in its text", put(&bye(), 8, &[0x1b])),
        ("BYE with a byte too many", changed(&bye(), |all| all.push(0))),
    ];
    let mut refused: Vec<Refused> =
        cases.into_iter().map(|(what, bytes)| unreadable(what, bytes, None)).collect();
    refused.push(unreadable("one byte more than 1 MiB", vec![1], Some(hub::FRAME_MOST + 1)));
    refused
}

fn unreadable(what: &str, bytes: Vec<u8>, filled_to: Option<usize>) -> Refused {
    let mut filled = bytes.clone();
    filled.resize(filled_to.unwrap_or(bytes.len()), 0);
    let Err(why) = Frame::read(&Bytes::from(filled)) else { panic!("this can be read: {what}") };
    Refused { what: what.to_owned(), why: why.to_string(), bytes: hex(bytes), filled_to }
}
