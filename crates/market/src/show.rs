//! What is shown: pages, the API and live updates are made from these and from nothing else.

mod auction_page;
mod bidder_rows;
mod contact;
mod elsewhere;
mod listed_elsewhere;
mod lists;
mod names;
mod origin;
mod own;
mod sent;
mod site_rows;
mod told_history;
mod winner_page;

pub use auction_page::{AuctionPage, HistoryRow, Older, Own};
pub use bidder_rows::BidderRow;
pub(crate) use contact::contact;
pub(crate) use elsewhere::Elsewhere;
pub use lists::{Cursor, ListRow, Listing, PAGE_MOST};
pub(crate) use names::guest_site;
pub use names::invented_name;
pub(crate) use origin::site_name;
pub use origin::{Origin, Reach};
pub use own::{BidRow, BidState};
pub use sent::{SentBid, SentState};
pub use site_rows::{SiteRow, WaitingReplica};
pub use winner_page::WinnerPage;
