//! Who a node is: an Ed25519 key.

use crate::wire::Malformed;
use curve25519_dalek::edwards::CompressedEdwardsY;
use ed25519_zebra::{Signature, SigningKey, VerificationKey};
use std::fmt;
use std::str::FromStr;

/// The public key of a node or of an application: 32 bytes, written as 64 hexadecimal digits. The point is canonically
/// encoded and not of small order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 32]);

/// A key that signs. Never shown.
#[derive(Clone)]
pub struct SecretKey {
    signing: SigningKey,
    public: PublicKey,
}

impl PublicKey {
    /// Takes a key as it was received. A key that is not canonical or has small order is refused.
    pub fn new(bytes: [u8; 32]) -> Result<PublicKey, Malformed> {
        let point = CompressedEdwardsY(bytes).decompress().ok_or(Malformed::Field("key"))?;
        if point.compress().0 != bytes || point.is_small_order() {
            return Err(Malformed::Field("key"));
        }
        Ok(PublicKey(bytes))
    }

    /// A key that was checked before it was stored, or that only stands for one.
    pub(crate) const fn trusted(bytes: [u8; 32]) -> PublicKey {
        PublicKey(bytes)
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether this key signed these bytes, by the rule of ZIP 215 (<https://zips.z.cash/zip-0215>).
    pub fn has_signed(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        let key = VerificationKey::try_from(self.0);
        key.is_ok_and(|key| key.verify(&Signature::from_bytes(signature), bytes).is_ok())
    }
}

impl SecretKey {
    /// The key that follows from 32 secret random bytes (the seed of RFC 8032).
    pub fn from_seed(seed: [u8; 32]) -> SecretKey {
        let signing = SigningKey::from(seed);
        let public = PublicKey(signing.verification_key().into());
        SecretKey { signing, public }
    }

    /// The 32 secret bytes, for whoever keeps them.
    pub fn seed(&self) -> [u8; 32] {
        self.signing.to_bytes()
    }

    /// Who signs with it.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// Signs.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.signing.sign(bytes).to_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey(of {})", self.public)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str("…")
    }
}

impl FromStr for PublicKey {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<PublicKey, Malformed> {
        let bytes = read_hex(text).ok_or(Malformed::Field("key"))?;
        PublicKey::new(bytes)
    }
}

/// Reads 64 hexadecimal digits.
pub fn read_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits =
        bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    digits.map(char::from).collect()
}
