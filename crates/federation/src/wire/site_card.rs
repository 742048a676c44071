//! A site says who it is, at its start and on each change.

use super::malformed::{Malformed, expect};
use super::{Address, Line, Text};
use crate::sealing::SealingKey;
use serde::{Deserialize, Serialize};

/// The most languages of a site.
const LANGUAGES_MOST: usize = 64;

/// `site`: who a site is. Whose card it is says the envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCard {
    /// What people call it.
    pub name: Line<100>,
    /// Where people find it; absent if nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// How its webmaster is reached; may be empty.
    #[serde(default)]
    pub contact: Line<254>,
    /// Languages that it speaks, as BCP 47 tags, the main one first.
    #[serde(default)]
    pub languages: Vec<Line<35>>,
    /// Program and version.
    #[serde(default)]
    pub software: Line<100>,
    /// What it allows, in a few words for people.
    #[serde(default)]
    pub policy: Text<4000>,
    /// To this key codes of refusals are sealed for it.
    pub sealing_key: SealingKey,
}

impl SiteCard {
    pub(super) fn check(&self) -> Result<(), Malformed> {
        expect(!self.name.as_str().is_empty(), "name", "empty")?;
        expect(self.languages.len() <= LANGUAGES_MOST, "languages", "too many")
    }
}
