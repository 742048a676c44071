//! What is signed; odd signatures, and which of them are accepted.

use crate::keys::seed;
use crate::points::{ORDER, add_order, is_point, join, mixed, scalar, sign, small_order};
use crate::shape::{Encoding, Signature, Signatures, hex};
use curve25519_dalek::scalar::Scalar;
use hub::{Draft, Message, SecretKey, Time, pre_authentication_encoding};

/// Nobody else may know a nonce; everybody knows this one.
const NONCE: u8 = 9;

pub(crate) fn all() -> Signatures {
    let encodings = [
        ("http://example.com/HelloWorld", "hello world"),
        ("", ""),
        ("anuko-hub-auth-1", "bytes"),
        (hub::SIGNED_AS, "0123456789"),
    ];
    let encodings = encodings.map(|(kind, bytes)| Encoding {
        kind: kind.to_owned(),
        bytes: hex(bytes),
        encoded: hex(pre_authentication_encoding(kind, bytes.as_bytes())),
    });
    Signatures { encodings: encodings.into(), signatures: signatures() }
}

/// An envelope of this key, without its signature.
fn unsigned(key: &[u8; 32]) -> Vec<u8> {
    let messages = [Message { media_type: "text/plain".to_owned(), body: "odd".into() }];
    let draft = Draft {
        epoch: 1_764_072_000_000_000,
        number: 1,
        previous: [0; 32],
        predecessor: None,
        time: Time(1_764_072_000_000_000),
        ttl: 0,
        messages: &messages,
    };
    let envelope = draft.sign(&SecretKey::from_seed(seed(1))).unwrap();
    let mut bytes = envelope.bytes()[..envelope.bytes().len() - 64].to_vec();
    bytes[1..33].copy_from_slice(key);
    bytes
}

fn one(what: impl Into<String>, accepted: bool, key: [u8; 32], signature: [u8; 64]) -> Signature {
    let bytes = hex(unsigned(&key));
    Signature { what: what.into(), accepted, key: hex(key), bytes, signature: hex(signature) }
}

fn signatures() -> Vec<Signature> {
    let key = *SecretKey::from_seed(seed(1)).public().bytes();
    let bytes = unsigned(&key);
    let nonce = Scalar::from(NONCE);
    let right = sign(seed(1), &key, mixed(nonce, 0), nonce, &bytes);
    let (r, s) = (right[..32].try_into().unwrap(), right[32..].try_into().unwrap());
    let mut all = vec![one("ordinary", true, key, right)];
    for place in 1..8 {
        let odd = sign(seed(1), &key, mixed(nonce, place), nonce, &bytes);
        all.push(one(format!("R and a point of small order, {place} times a generator"), true, key, odd));
    }
    for (what, r) in small_order() {
        all.push(one(format!("R of {what}"), true, key, sign(seed(1), &key, r, Scalar::ZERO, &bytes)));
    }
    for place in 1..8 {
        let key = mixed(scalar(seed(1)), place);
        let odd = sign(seed(1), &key, mixed(nonce, 0), nonce, &unsigned(&key));
        all.push(one(format!("a key with a part of small order, {place} times a generator"), true, key, odd));
    }
    all.extend(refused(key, r, s));
    all
}

fn refused(key: [u8; 32], r: [u8; 32], s: [u8; 32]) -> Vec<Signature> {
    let mut two = [0; 32];
    two[0] = 2;
    assert!(!is_point(two));
    let flipped = std::array::from_fn(|place| s[place] ^ u8::from(place == 0));
    let mut all = vec![
        one("S and the order of the base point", false, key, join(r, add_order(s))),
        one("S is the order of the base point", false, key, join(r, ORDER)),
        one("S has its highest bit set", false, key, {
            let mut high = s;
            high[31] |= 0x80;
            join(r, high)
        }),
        one("S with another bit", false, key, join(r, flipped)),
        one("R is no point", false, key, join(two, s)),
        one("R is another point", false, key, join(mixed(Scalar::from(NONCE + 1), 0), s)),
        one("all zeros", false, key, [0; 64]),
        one("of another key", false, *SecretKey::from_seed(seed(2)).public().bytes(), join(r, s)),
    ];
    for (what, key) in small_order() {
        // Without a rule about keys, this would be right for every message.
        all.push(one(format!("R is the neutral point, S is 0, a key of {what}"), false, key, {
            join(mixed(Scalar::ZERO, 0), [0; 32])
        }));
    }
    all
}
