//! What is shown: pages, the API and live updates are made from these and from nothing else.

mod auction_page;
mod elsewhere;
mod listed_elsewhere;
mod lists;
mod names;
mod origin;
mod own;
mod sent;
mod told_history;

pub use auction_page::{AuctionPage, HistoryRow, Older, Own};
pub(crate) use elsewhere::Elsewhere;
pub use lists::{Cursor, ListRow, Listing, PAGE_MOST};
pub use names::invented_name;
pub use origin::{Origin, Reach};
pub use own::{BidRow, BidState};
pub use sent::{SentBid, SentState};
