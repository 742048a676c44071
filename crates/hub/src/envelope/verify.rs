//! Checking signatures, many at once where there are many.

use super::{Envelope, SIGNED_AS};
use crate::pae::pre_authentication_encoding;
use ed25519_zebra::batch::{Item, Verifier};
use ed25519_zebra::{Signature, VerificationKeyBytes};
use std::sync::Arc;

/// An envelope whose signature was found right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    envelope: Arc<Envelope>,
    hops: u8,
}

impl Checked {
    /// The envelope.
    pub fn envelope(&self) -> &Arc<Envelope> {
        &self.envelope
    }

    /// How many hubs it has passed, as was told beside it; 0 if that is not known. Nobody has signed that.
    pub fn hops(&self) -> u8 {
        self.hops
    }

    /// The same, after so many hubs.
    pub fn after(self, hops: u8) -> Checked {
        Checked { hops, ..self }
    }

    /// One that was checked before: when it was stored, or elsewhere in this process. Never one from a link.
    pub fn before(envelope: Arc<Envelope>) -> Checked {
        Checked { envelope, hops: 0 }
    }
}

/// The signature of an envelope is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature is wrong")]
pub struct Forged;

/// A signature over an envelope, ready to be checked: the costly hashing is done.
pub struct Seal {
    item: Item,
    envelope: Envelope,
}

impl Seal {
    /// Prepares the check of an envelope.
    pub fn of(envelope: Envelope) -> Seal {
        let (bytes, signature) = envelope.signed();
        let key = VerificationKeyBytes::from(*envelope.stream().origin.bytes());
        let signed = pre_authentication_encoding(SIGNED_AS, bytes);
        let item = Item::from((key, Signature::from_bytes(signature), &signed));
        Seal { item, envelope }
    }

    /// Checks one.
    pub fn check(self) -> Result<Checked, Forged> {
        match self.item.verify_single() {
            Ok(()) => Ok(Checked::before(Arc::new(self.envelope))),
            Err(_) => Err(Forged),
        }
    }

    /// Checks many together, which costs half as much for each. `random` must be unpredictable to who signed. A batch in
    /// which one is wrong is checked again one by one; single and batch agree by the rule of ZIP 215.
    pub fn check_all<R: rand_core::CryptoRng>(seals: Vec<Seal>, random: R) -> Vec<Result<Checked, Forged>> {
        if seals.len() > 1 {
            let mut verifier = Verifier::new();
            seals.iter().for_each(|seal| verifier.queue(seal.item.clone()));
            if verifier.verify(random).is_ok() {
                return seals.into_iter().map(|seal| Ok(Checked::before(Arc::new(seal.envelope)))).collect();
            }
        }
        seals.into_iter().map(Seal::check).collect()
    }
}
