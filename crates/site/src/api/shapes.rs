//! What goes out: amounts as decimal text beside a currency, times as RFC 3339 in UTC.

mod auction;
mod bid;
mod listing;

pub use auction::AuctionShape;
pub(super) use auction::EntryShape;
pub(super) use bid::{BidRowShape, ReceiptShape, SentShape};
pub(super) use listing::{ItemShape, RowShape};

use ::auction::{Amount, Currency, Time};

/// A moment as RFC 3339 in UTC.
pub fn moment(time: Time) -> String {
    let timestamp = jiff::Timestamp::from_microsecond(time.0);
    timestamp.map_or_else(|_| "9999-12-31T23:59:59Z".to_owned(), |timestamp| timestamp.to_string())
}

/// An amount as decimal text, where there is one.
fn amount(amount: Option<Amount>, currency: Currency) -> Option<String> {
    amount.map(|amount| currency.write(amount))
}
