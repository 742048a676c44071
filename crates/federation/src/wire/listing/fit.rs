//! Making a listing small enough for one message.

use super::Listing;
use crate::wire::{EVENT_MOST, Text};

/// What is kept free for the event around the listing.
const ROOM: usize = 2048;

impl Listing {
    /// The same listing, small enough for a message: first the picture inside goes, then the newest additions,
    /// then the end of the description. Bids, terms and state are never touched.
    pub fn fitting(mut self) -> Listing {
        if self.is_too_large() {
            self.picture = None;
        }
        while self.is_too_large() && self.additions.pop().is_some() {
            self.cut = true;
        }
        while self.is_too_large() && !self.description.as_str().is_empty() {
            let half = self.description.as_str().len() / 2;
            self.description = Text::cut(whole_letters(self.description.as_str(), half));
            self.cut = true;
        }
        self
    }

    fn is_too_large(&self) -> bool {
        let written = serde_json::to_string(self).map_or(usize::MAX, |text| text.len());
        written > EVENT_MOST - ROOM
    }
}

/// The beginning of a text, at most so many bytes.
fn whole_letters(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}
