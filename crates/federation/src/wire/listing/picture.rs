//! Pictures of a listing: a small one inside, others by address and hash.

use crate::wire::malformed::{Malformed, expect};
use crate::wire::sealed_box::{self, NotABox};
use crate::wire::{Address, Hash, Line};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most bytes of a picture inside a listing.
pub const INLINE_MOST: usize = 16 * 1024;

/// Kinds of picture that a reader has to know.
const MEDIA_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// A picture inside the listing, at most 16 KiB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlinePicture {
    /// `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
    pub media_type: Line<100>,
    /// Its bytes, in base64.
    pub data: PictureBytes,
}

/// The bytes of a picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PictureBytes(pub Vec<u8>);

/// A picture at the origin, or where the origin keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it is.
    pub address: Address,
    /// What it must be: other bytes are not shown.
    pub sha256: Hash,
}

impl InlinePicture {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        expect(MEDIA_TYPES.contains(&self.media_type.as_str()), "media_type", "not one of the four")
    }
}

impl TryFrom<String> for PictureBytes {
    type Error = NotABox;
    fn try_from(text: String) -> Result<PictureBytes, NotABox> {
        sealed_box::decode(&text, INLINE_MOST).map(PictureBytes)
    }
}

impl From<PictureBytes> for String {
    fn from(picture: PictureBytes) -> String {
        sealed_box::encode(&picture.0)
    }
}

impl fmt::Debug for PictureBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PictureBytes({} bytes)", self.0.len())
    }
}
