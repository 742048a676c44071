//! Points and signatures that no careful signer makes.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use hub::{SIGNED_AS, pre_authentication_encoding};
use sha2::{Digest, Sha512};

/// The order of the base point, 2^252 + 27742317777372353535851937790883648493, least byte first.
pub(crate) const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The secret scalar that follows from a seed (RFC 8032).
pub(crate) fn scalar(seed: [u8; 32]) -> Scalar {
    let hash = Sha512::digest(seed);
    Scalar::from_bytes_mod_order(curve25519_dalek::scalar::clamp_integer(hash[..32].try_into().unwrap()))
}

/// 2^255 - 19 + `more`, with the sign bit or without, least byte first.
pub(crate) fn beyond(more: u8, sign: bool) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xed + more;
    bytes[31] = if sign { 0xff } else { 0x7f };
    bytes
}

/// All encodings of points of small order: eight that are canonical, then six that are not.
pub(crate) fn small_order() -> Vec<(String, [u8; 32])> {
    let canonical = EIGHT_TORSION.iter().enumerate();
    let mut all: Vec<_> = canonical
        .map(|(place, point)| (format!("small order, {place} times a generator"), point.compress().0))
        .collect();
    let mut one = [0; 32];
    (one[0], one[31]) = (1, 0x80);
    let mut minus_one = [0xff; 32];
    minus_one[0] = 0xec;
    for (what, bytes) in [
        ("y = 1 with a sign", one),
        ("y = -1 with a sign", minus_one),
        ("y = p for 0", beyond(0, false)),
        ("y = p for 0, with a sign", beyond(0, true)),
        ("y = p + 1 for 1", beyond(1, false)),
        ("y = p + 1 for 1, with a sign", beyond(1, true)),
    ] {
        all.push((format!("small order, not canonical: {what}"), bytes));
    }
    all
}

/// What is hashed into the scalar of a signature, by RFC 8032.
fn challenge(r: &[u8; 32], key: &[u8; 32], bytes: &[u8]) -> Scalar {
    let signed = pre_authentication_encoding(SIGNED_AS, bytes);
    let hash = Sha512::new().chain_update(r).chain_update(key).chain_update(signed).finalize();
    Scalar::from_bytes_mod_order_wide(hash.as_slice().try_into().unwrap())
}

/// A signature over an envelope's bytes whose first half is this encoding, of `nonce` times the base point and perhaps
/// something of small order.
pub(crate) fn sign(seed: [u8; 32], key: &[u8; 32], r: [u8; 32], nonce: Scalar, bytes: &[u8]) -> [u8; 64] {
    let s = nonce + challenge(&r, key, bytes) * scalar(seed);
    join(r, s.to_bytes())
}

/// Both halves.
pub(crate) fn join(r: [u8; 32], s: [u8; 32]) -> [u8; 64] {
    [r, s].concat().try_into().unwrap()
}

/// A point and something of small order.
pub(crate) fn mixed(scalar: Scalar, place: usize) -> [u8; 32] {
    (EdwardsPoint::mul_base(&scalar) + EIGHT_TORSION[place]).compress().0
}

/// `s` and the order of the base point, which signs the same in a lax check.
pub(crate) fn add_order(s: [u8; 32]) -> [u8; 32] {
    let mut carry = 0;
    std::array::from_fn(|place| {
        let sum = u16::from(s[place]) + u16::from(ORDER[place]) + carry;
        carry = sum >> 8;
        sum as u8
    })
}

/// Whether these bytes are a point, in whatever encoding.
pub(crate) fn is_point(bytes: [u8; 32]) -> bool {
    CompressedEdwardsY(bytes).decompress().is_some()
}
