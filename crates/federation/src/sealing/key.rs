//! The two halves of a sealing key.

use crate::wire::{Hash, SealedBox};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng,
};
use rand_core::{TryCryptoRng, TryRng};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Bytes of an encapsulated key.
const ENCAPSULATED: usize = 32;

/// The public half: what is sealed to it only the owner of the secret half can open. 32 bytes, in lower-case
/// hexadecimal on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealingKey(Hash);

/// The secret half. Never shown; wiped when it is dropped.
#[derive(Clone, ZeroizeOnDrop)]
pub struct SealingSecret([u8; 32]);

/// A box does not open: it is for another key, was sealed for something else, or is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// The wrong key, the wrong aad, or damaged.
    #[error("the box does not open")]
    Closed,
    /// It opens, and what is inside is not what it should be.
    #[error("what is in the box is not as it should be")]
    Malformed,
}

/// What is sealed to this key cannot be sealed: the key is no usable point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be sealed to this key")]
pub struct Unusable;

impl SealingKey {
    /// From its 32 bytes.
    pub fn new(bytes: [u8; 32]) -> SealingKey {
        SealingKey(Hash(bytes))
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0.0
    }

    /// Seals. `random` must be 32 fresh secret random bytes: from them follows the ephemeral key.
    pub(crate) fn seal(
        &self,
        info: &str,
        aad: &[u8],
        plain: &[u8],
        random: [u8; 32],
    ) -> Result<SealedBox, Unusable> {
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(self.bytes()).map_err(|_| Unusable)?;
        let mut once = Once(Zeroizing::new(random));
        let (encapsulated, sealed) = single_shot_seal_with_rng::<
            ChaCha20Poly1305,
            HkdfSha256,
            X25519HkdfSha256,
        >(&OpModeS::Base, &key, info.as_bytes(), plain, aad, &mut once)
        .map_err(|_| Unusable)?;
        Ok(SealedBox([&encapsulated.to_bytes()[..], &sealed].concat()))
    }
}

impl SealingSecret {
    /// From 32 secret random bytes: they are the X25519 scalar, as RFC 7748 reads it.
    pub fn generate(random: [u8; 32]) -> SealingSecret {
        SealingSecret(random)
    }

    /// The 32 secret bytes, for whoever keeps them.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    pub fn public(&self) -> SealingKey {
        match <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0) {
            Ok(secret) => SealingKey::new(X25519HkdfSha256::sk_to_pk(&secret).to_bytes().into()),
            // Any 32 bytes are a scalar of X25519.
            Err(_) => SealingKey::new([0; 32]),
        }
    }

    /// Opens.
    pub(crate) fn open(
        &self,
        info: &str,
        aad: &[u8],
        sealed: &SealedBox,
    ) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        let (encapsulated, sealed) = sealed.0.split_at_checked(ENCAPSULATED).ok_or(NotOpened::Closed)?;
        let secret = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0);
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated);
        let (Ok(secret), Ok(encapsulated)) = (secret, encapsulated) else {
            return Err(NotOpened::Closed);
        };
        single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            info.as_bytes(),
            sealed,
            aad,
        )
        .map(Zeroizing::new)
        .map_err(|_| NotOpened::Closed)
    }
}

impl fmt::Debug for SealingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingSecret(of {:?})", self.public())
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Chance that was handed in. Sealing draws 32 bytes, once; after that there is none left and it gives zeros.
struct Once(Zeroizing<[u8; 32]>);

impl TryRng for Once {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.iter_mut().zip(self.0.iter()).for_each(|(byte, random)| *byte = *random);
        self.0.zeroize();
        Ok(())
    }
}

impl TryCryptoRng for Once {}
