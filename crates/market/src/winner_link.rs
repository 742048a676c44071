//! The link by which a winner who has no account here gets to the page of the sale: signed, and good for a while.

use crate::secret::hex;
use auction::{Person, Span, Time};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use store::{Error, Tx, site};

/// For so long after the contact was opened, the link works.
pub const GOOD_FOR: Span = Span::days(30);

/// The fact under which the key stands that signs such links.
const KEY: &str = "winner_links";

const TAG: &[u8] = b"anuko-winner-1";

/// A link as its letter has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WinnerLink {
    /// The auction.
    pub auction: i64,
    /// The moment at which it ceases to work.
    pub until: Time,
    /// HMAC-SHA256 over a tag, auction, winner and that moment, in hexadecimal.
    pub signature: String,
}

impl WinnerLink {
    /// Signs a link; none where no winner was ever written to.
    pub(crate) fn sign(
        tx: &mut Tx<'_>,
        auction: i64,
        winner: Person,
        until: Time,
    ) -> Result<Option<WinnerLink>, Error> {
        let Some(key) = site::fact(tx, KEY)? else { return Ok(None) };
        let signature = hex(&mac(&key, auction, winner, until).finalize().into_bytes());
        Ok(Some(WinnerLink { auction, until, signature }))
    }

    /// Whether this site has signed it for this winner, and it still works.
    pub(crate) fn works(&self, tx: &mut Tx<'_>, winner: Person, now: Time) -> Result<bool, Error> {
        let Some(key) = site::fact(tx, KEY)? else { return Ok(false) };
        let expected = hex(&mac(&key, self.auction, winner, self.until).finalize().into_bytes());
        let signed = is_same(expected.as_bytes(), self.signature.as_bytes());
        Ok(signed && now < self.until)
    }
}

/// Keeps the key that signs; the first one stays. `fresh`: 32 random bytes.
pub(crate) fn keep_key(tx: &mut Tx<'_>, fresh: &[u8; 32]) -> Result<(), Error> {
    site::first_fact(tx, KEY, &hex(fresh)).map(drop)
}

/// Takes as long for a wrong signature as for a right one.
fn is_same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn mac(key: &str, auction: i64, winner: Person, until: Time) -> Hmac<Sha256> {
    // A key of 64 digits fills one block of the hash, so this cannot fail for its length.
    let mut block = [0; 64];
    let length = key.len().min(block.len());
    block[..length].copy_from_slice(&key.as_bytes()[..length]);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    [TAG, &auction.to_be_bytes(), &winner.0.to_be_bytes(), &until.0.to_be_bytes()]
        .into_iter()
        .for_each(|part| mac.update(part));
    mac
}
