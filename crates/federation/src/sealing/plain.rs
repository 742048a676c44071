//! What is in the boxes: JSON, filled up with spaces so that its length tells nothing.

use super::key::Unusable;
use super::{BidAad, CodeAad, MemoAad, NotOpened, SealingKey, SealingSecret};
use crate::wire::{Hash, Line, Money, SealedBox};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const OFFER: &str = "anuko-bid-1";
const CONTACT: &str = "anuko-contact-1";
const CODE: &str = "anuko-code-1";
const MEMO: &str = "anuko-memo-1";

/// The length of a plaintext is a multiple of this.
const BLOCK: usize = 512;

/// That of a code, of which there may be one for each entry.
const CODE_BLOCK: usize = 128;

/// What is offered, and by whom, as far as the origin needs to know.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The amount: of an offer itself, of a take the price that was seen, of a buy the buy-now price.
    pub amount: Money,
    /// The random bytes of the commitment.
    pub salt: Hash,
    /// Who, see [`pseudonym`](crate::pseudonym::pseudonym).
    pub pseudonym: Hash,
    /// The keyed hash of the mail address, see [`pseudonym::address`](crate::pseudonym::address).
    pub address: Hash,
}

/// How the winner is reached.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What he is called.
    pub name: Line<240>,
    /// The mail address.
    pub email: Line<254>,
    /// In which language he is written to, as a BCP 47 tag.
    pub language: Line<35>,
}

/// Why something did not go the bidder's way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The stable code of the refusal; absent for offers that were cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Line<64>>,
    /// The amount that goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// Why offers were cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line<2000>>,
    /// Which offers were cancelled, where the ruling does not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<u32>,
}

/// JSON, then as many spaces as make its length a multiple of `block`.
fn padded(plain: &impl Serialize, block: usize) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    let mut bytes = Zeroizing::new(serde_json::to_vec(plain).map_err(|_| Unusable)?);
    let length = bytes.len().div_ceil(block) * block;
    bytes.resize(length, b' ');
    Ok(bytes)
}

fn unpadded<T: DeserializeOwned>(plain: &[u8], block: usize) -> Result<T, NotOpened> {
    if plain.is_empty() || !plain.len().is_multiple_of(block) {
        return Err(NotOpened::Malformed);
    }
    serde_json::from_slice(plain).map_err(|_| NotOpened::Malformed)
}

impl Offer {
    /// Seals it to the auction's key. `random`: 32 fresh secret bytes.
    pub fn seal(&self, to: &SealingKey, aad: &BidAad, random: [u8; 32]) -> Result<SealedBox, Unusable> {
        to.seal(OFFER, &aad.bytes(), &padded(self, BLOCK)?, random)
    }
}

impl Contact {
    /// Seals it to the auction's key. `random`: 32 fresh secret bytes, not those of the offer.
    pub fn seal(&self, to: &SealingKey, aad: &BidAad, random: [u8; 32]) -> Result<SealedBox, Unusable> {
        to.seal(CONTACT, &aad.bytes(), &padded(self, BLOCK)?, random)
    }
}

impl Code {
    /// Seals it to the key of the bidder's site. `random`: 32 fresh secret bytes.
    pub fn seal(&self, to: &SealingKey, aad: &CodeAad, random: [u8; 32]) -> Result<SealedBox, Unusable> {
        to.seal(CODE, &aad.bytes(), &padded(self, CODE_BLOCK)?, random)
    }
}

/// Opens an offer as what it was sealed for.
pub fn open_offer(secret: &SealingSecret, aad: &BidAad, sealed: &SealedBox) -> Result<Offer, NotOpened> {
    unpadded(&secret.open(OFFER, &aad.bytes(), sealed)?, BLOCK)
}

/// Opens a contact as what it was sealed for.
pub fn open_contact(secret: &SealingSecret, aad: &BidAad, sealed: &SealedBox) -> Result<Contact, NotOpened> {
    unpadded(&secret.open(CONTACT, &aad.bytes(), sealed)?, BLOCK)
}

/// Opens a code as what it was sealed for.
pub fn open_code(secret: &SealingSecret, aad: &CodeAad, sealed: &SealedBox) -> Result<Code, NotOpened> {
    unpadded(&secret.open(CODE, &aad.bytes(), sealed)?, CODE_BLOCK)
}

/// Seals a memo to the origin's own key. What is in it is the origin's business alone. `random`: 32 fresh secret bytes.
pub fn seal_memo(
    memo: &impl Serialize,
    to: &SealingKey,
    aad: &MemoAad,
    random: [u8; 32],
) -> Result<SealedBox, Unusable> {
    to.seal(MEMO, &aad.bytes(), &padded(memo, BLOCK)?, random)
}

/// Opens a memo as what it was sealed for.
pub fn open_memo<T: DeserializeOwned>(
    secret: &SealingSecret,
    aad: &MemoAad,
    sealed: &SealedBox,
) -> Result<T, NotOpened> {
    unpadded(&secret.open(MEMO, &aad.bytes(), sealed)?, BLOCK)
}

macro_rules! silent {
    ($name:ident) => {
        /// What was sealed is in no log.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

silent!(Offer);
silent!(Contact);
