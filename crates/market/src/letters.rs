//! Letters: which one goes to whom, and when.
//!
//! A reader of the entries finds that a letter is due and writes it down as a row ([`Market::read_news`]); after
//! that it leaves ([`Market::send_letters`]). What it says is looked up when it leaves, so that it is true then.

mod compose;
mod news;
mod post;

pub use compose::{Content, GuestLetter, Letter};
pub use news::NewsReader;
pub use post::{PostError, Posted, Postman};

use crate::Market;

/// The kinds of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Please confirm your address.
    Confirm,
    /// Set a new password.
    Reset,
    /// Somebody offered more.
    Outbid,
    /// To the seller: sold.
    Sold,
    /// To the seller: not sold.
    NotSold,
    /// To the winner.
    Won,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 6] =
        [Kind::Confirm, Kind::Reset, Kind::Outbid, Kind::Sold, Kind::NotSold, Kind::Won];

    /// The word of the kind, as in the store.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Confirm => "confirm",
            Kind::Reset => "reset",
            Kind::Outbid => "outbid",
            Kind::Sold => "sold",
            Kind::NotSold => "not_sold",
            Kind::Won => "won",
        }
    }

    fn of(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Market {
    /// A message id that no other letter has and that this one keeps.
    pub(crate) fn message_id(&self) -> String {
        format!("{}@{}", crate::secret::hex(&self.chance.id()), self.policy.host)
    }
}
