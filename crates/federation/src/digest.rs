//! Whether sites are level: what a database holds of an auction that everybody may know, to the byte.
//!
//! At the origin it is made from the rules, elsewhere from what was told. Sites that are level hold the same.

mod own;
mod replica;

use crate::wire::{Bidder, Hash, Moment, Money, Site, State, Terms};
use hub::PublicKey;
use market::{Market, Refusal};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// What everybody may know of an auction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Digest {
    /// The site that decides.
    pub origin: Site,
    /// The auction's number there.
    pub auction: u64,
    version: u32,
    title: String,
    description: String,
    additions: Vec<(Moment, String)>,
    seller: String,
    /// Without the reserve, of which other sites keep nothing.
    terms: Terms,
    state: State,
    decisions: Vec<Decision>,
}

/// An entry that took effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Decision {
    n: u32,
    at: Moment,
    what: String,
    who: Option<Bidder>,
    price: Option<Money>,
    leader: Option<Bidder>,
    ends_at: Option<Moment>,
    reason: Option<String>,
}

impl Digest {
    /// The bytes: JSON, always in the same order.
    pub fn text(&self) -> String {
        // Texts and numbers always become JSON.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// SHA-256 of the bytes.
    pub fn hash(&self) -> Hash {
        Hash(Sha256::digest(self.text()).into())
    }
}

/// What the database of this site, whose key this is, holds of the auction with this number here.
pub async fn digest(market: &Market, here: PublicKey, auction: i64) -> Result<Digest, Refusal> {
    let read = move |tx: &mut store::Tx<'_>| match own::read(tx, Site(here), auction)? {
        Some(digest) => Ok(Some(digest)),
        None => replica::read(tx, Site(here), auction),
    };
    market.read(read).await?.ok_or(Refusal::NoSuchAuction)
}
