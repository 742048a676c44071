//! What stands for a person, and for a mail address, at another site.

use crate::sealing::SealingKey;
use crate::wire::{Hash, Site};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

const TAG: &str = "anuko-pseudonym-1";

/// The secret of a site from which the pseudonyms of its people follow. Never leaves it; never shown.
#[derive(Clone, ZeroizeOnDrop)]
pub struct PseudonymSecret([u8; 32]);

impl PseudonymSecret {
    /// From 32 secret random bytes.
    pub fn new(random: [u8; 32]) -> PseudonymSecret {
        PseudonymSecret(random)
    }

    /// The 32 secret bytes, for whoever keeps them.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for PseudonymSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PseudonymSecret(…)")
    }
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> Hash {
    // HMAC fills a short key up with zeros to a block, so this is the key itself, and cannot fail for its length.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut hmac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    parts.iter().for_each(|part| hmac.update(part));
    Hash(hmac.finalize().into_bytes().into())
}

/// Who somebody is to one origin, and to no other: HMAC-SHA256(secret, "anuko-pseudonym-1" ‖ origin ‖ account (u64)).
/// The same person is the same in all auctions of that origin, so that a seller can block him.
pub fn pseudonym(secret: &PseudonymSecret, origin: Site, account: u64) -> Hash {
    hmac(&secret.0, &[TAG.as_bytes(), origin.0.bytes(), &account.to_be_bytes()])
}

/// A mail address as both sites can compare it in this auction alone: HMAC-SHA256(sealing key of the auction, the
/// address without blanks around it and with its ASCII letters in lower case).
pub fn address(auction: &SealingKey, address: &str) -> Hash {
    hmac(auction.bytes(), &[address.trim().to_ascii_lowercase().as_bytes()])
}
