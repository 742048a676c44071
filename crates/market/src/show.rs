//! What is shown: pages, the API and live updates are made from these and from nothing else.

mod auction_page;
mod lists;
mod names;
mod own;

pub use auction_page::{AuctionPage, HistoryRow, Older, Own};
pub use lists::{Cursor, ListRow, Listing, PAGE_MOST};
pub use names::invented_name;
pub use own::{BidRow, BidState};
