//! The messages, each a CloudEvent in JSON: `com.anuko.auction.<what>.v1`.
//!
//! These types are what is on the wire and nothing else: renaming a type of the rules changes no message.
//!
//! | to learn | open |
//! |---|---|
//! | the event around each message | `event` |
//! | numbers, texts, keys and boxes, and what is refused of them | `number`, `text`, `hex`, `sealed_box` |
//! | the messages | `site_card`, `listing`, `bid`, `rulings`, `verdict`, `ending`, `pulse` |
//! | terms, and how an auction stands | `terms`, `state` |
//! | making them from the rules | `from_rules` |

mod bid;
mod ending;
mod event;
mod from_rules;
mod hex;
mod listing;
mod malformed;
mod number;
mod pulse;
mod sealed_box;
mod site_card;
mod state;
mod terms;
mod text;
mod verdict;

pub mod rulings;

pub use bid::{Bid, Kind};
pub use ending::{Closed, Opened, OpenedOffer, OpenedReserve, Outcome, Winner, Withdrawn};
pub use event::{Body, EVENT_MOST, Event, Received, Written, read};
pub use from_rules::{Pledge, Register, closed, opened, state, withdrawn};
pub use hex::{BidId, Hash, Site};
pub use listing::{Addition, INLINE_MOST, InlinePicture, Listing, Picture, PictureBytes};
pub use malformed::Malformed;
pub(crate) use malformed::parse;
pub use number::{Floor, Length, Moment, Money};
pub(crate) use pulse::WANTED_MOST;
pub use pulse::{Pulse, Wanted, WantedAuction};
pub use rulings::{Away, Ruling, Rulings, What};
pub(crate) use sealed_box::BOX_MOST;
pub use sealed_box::SealedBox;
pub use site_card::SiteCard;
pub use state::{Bidder, Phase, State};
pub use terms::{Clock, Extension, Format, Step, Terms};
pub use text::{Address, Line, Text};
pub use verdict::Verdict;
