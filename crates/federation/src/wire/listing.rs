//! A listing: what is for sale, under which terms, and how it stands.

mod fit;
mod picture;

pub use picture::{INLINE_MOST, InlinePicture, Picture, PictureBytes};

use super::malformed::{Malformed, expect};
use super::{Hash, Line, Moment, SealedBox, State, Terms, Text, number};
use crate::sealing::SealingKey;
use serde::{Deserialize, Serialize};

/// Text that was added after the first bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// When.
    pub at: Moment,
    /// What.
    pub text: Text<20_000>,
}

/// `listing`: the complete listing. A revised one is the same message with a higher version; the same version
/// comes again with a newer state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The auction's number at the origin.
    #[serde(deserialize_with = "number::auction")]
    pub auction: u64,
    /// Counts what strangers can see of the listing, from 1.
    #[serde(deserialize_with = "number::positive")]
    pub version: u32,
    /// The version in which a price-relevant term last changed.
    #[serde(deserialize_with = "number::positive")]
    pub terms_version: u32,
    /// What it is, in a line.
    pub title: Line<480>,
    /// What it is.
    #[serde(default)]
    pub description: Text<40_000>,
    /// What was added, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additions: Vec<Addition>,
    /// Whether description or additions did not fit and were cut here. The whole is at the origin.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
    /// Where it belongs, from the general to the special; each a word for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<Line<100>>,
    /// A small picture, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<InlinePicture>,
    /// Others, at the origin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// The seller's public name.
    pub seller: Line<240>,
    /// What the seller fixed.
    pub terms: Terms,
    /// Offers are sealed to this key of the auction.
    pub sealing_key: SealingKey,
    /// What the reserve is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve_commitment: Option<Hash>,
    /// What the origin itself needs to find its way back, sealed to itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<SealedBox>,
    /// How it stands.
    pub state: State,
}

const ADDITIONS_MOST: usize = 100;
const CATEGORY_MOST: usize = 8;
const PICTURES_MOST: usize = 24;

impl Listing {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        expect(self.terms_version <= self.version, "terms_version", "above the version")?;
        expect(!self.title.as_str().is_empty(), "title", "empty")?;
        expect(self.additions.len() <= ADDITIONS_MOST, "additions", "too many")?;
        expect(self.category.len() <= CATEGORY_MOST, "category", "too many")?;
        expect(self.pictures.len() <= PICTURES_MOST, "pictures", "too many")?;
        let promised = self.reserve_commitment.is_none() || self.terms.has_reserve;
        expect(promised, "reserve_commitment", "without a reserve")?;
        if let Some(picture) = &self.picture {
            picture.check().map_err(|wrong| wrong.within("picture"))?;
        }
        self.terms.check().map_err(|wrong| wrong.within("terms"))?;
        self.state.check(false).map_err(|wrong| wrong.within("state"))
    }
}
