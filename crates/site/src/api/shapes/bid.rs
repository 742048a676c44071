//! Receipts and rows of my bids.

use super::listing::RowShape;
use super::{amount, moment};
use market::actions::Receipt;
use market::show::{BidRow, SentBid, SentState};
use serde::Serialize;
use utoipa::ToSchema;

/// What a command on an auction did. It is on disk.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct ReceiptShape {
    /// The auction.
    auction: i64,
    /// The number of the entry.
    entry: u32,
    /// When it arrived.
    at: String,
    /// The caller leads, or has won.
    leading: bool,
    /// What all amounts are in.
    currency: String,
    /// The amount of the command.
    amount: Option<String>,
    /// The price that everybody sees after it.
    price: Option<String>,
    /// The least (reverse: the most) that the caller could offer next.
    next_offer: Option<String>,
    /// The end after it.
    ends_at: String,
    /// The number of the caller's invented name.
    bidder: Option<u32>,
}

impl From<Receipt> for ReceiptShape {
    fn from(receipt: Receipt) -> ReceiptShape {
        let currency = receipt.currency;
        ReceiptShape {
            auction: receipt.auction,
            entry: receipt.number,
            at: moment(receipt.at),
            leading: receipt.leading,
            currency: currency.code().to_owned(),
            amount: amount(receipt.amount, currency),
            price: amount(receipt.price, currency),
            next_offer: amount(receipt.next_offer, currency),
            ends_at: moment(receipt.ends_at),
            bidder: receipt.bidder,
        }
    }
}

/// A bid that is on its way to the site of the auction, or was. That site decides; until then it changes nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in super::super) struct SentShape {
    /// The auction's number here.
    auction: i64,
    /// The site that decides.
    site: String,
    /// offer, take or buy_now.
    what: String,
    /// sent, accepted or refused.
    state: &'static str,
    /// Why it was refused: a code of the list of refusals.
    code: Option<String>,
    /// The number of the entry, once it is decided.
    entry: Option<u32>,
    /// What the amount is in.
    currency: String,
    /// The amount of the bid.
    amount: String,
    /// When it was made.
    at: String,
    /// When the decision was heard here.
    decided_at: Option<String>,
    /// The number of the caller's invented name.
    bidder: u32,
}

impl From<&SentBid> for SentShape {
    fn from(sent: &SentBid) -> SentShape {
        let (state, code, entry, decided_at) = match &sent.state {
            SentState::Waiting => ("sent", None, None, None),
            SentState::Accepted { entry, at } => ("accepted", None, Some(*entry), Some(*at)),
            SentState::Refused { entry, at, code, .. } => ("refused", Some(code.clone()), *entry, Some(*at)),
        };
        SentShape {
            auction: sent.auction,
            site: sent.site.clone(),
            what: sent.what.clone(),
            state,
            code,
            entry,
            currency: sent.currency.code().to_owned(),
            amount: sent.currency.write(sent.amount),
            at: moment(sent.at),
            decided_at: decided_at.map(moment),
            bidder: sent.bidder,
        }
    }
}

/// An auction on which the caller has bid.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct BidRowShape {
    /// The auction.
    auction: RowShape,
    /// sent, leading, outbid, sealed, won, lost or gone.
    state: &'static str,
    /// The caller's own limit or last offer.
    limit: Option<String>,
}

impl From<BidRow> for BidRowShape {
    fn from(bid: BidRow) -> BidRowShape {
        let state = bid.state.word();
        BidRowShape { limit: amount(bid.limit, bid.row.currency), auction: bid.row.into(), state }
    }
}
