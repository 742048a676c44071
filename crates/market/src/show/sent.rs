//! Bids that were sent to another site, as their bidder sees them.

use super::origin::site_name;
use auction::{Amount, Currency, Refusal, Time};
use store::replicas::Replica;
use store::sent_bids::Sent;
use store::sites::Site;

/// A bid that was sent to the site of the auction. Before that site has ruled, it changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBid {
    /// The auction's number here.
    pub auction: i64,
    /// The name of the site that decides.
    pub site: String,
    /// The id under which sites know the bid.
    pub bid: [u8; 16],
    /// The word of what is asked: `offer`, `take` or `buy_now`.
    pub what: String,
    /// How much.
    pub amount: Amount,
    /// What amounts are in.
    pub currency: Currency,
    /// When it was made.
    pub at: Time,
    /// The number of the bidder's invented name.
    pub bidder: u32,
    /// What has come of it.
    pub state: SentState,
    /// It had been sent before, and this is the same bid.
    pub repeated: bool,
}

/// What has come of a bid that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentState {
    /// Its site has not ruled yet.
    Waiting,
    /// It took effect.
    Accepted {
        /// The number of the entry.
        entry: u32,
        /// When that was heard.
        at: Time,
    },
    /// It did not.
    Refused {
        /// The number of the entry; none where it was refused before it concerned the auction.
        entry: Option<u32>,
        /// When that was heard.
        at: Time,
        /// The stable code.
        code: String,
        /// The refusal, if this version knows it.
        refusal: Option<Refusal>,
    },
}

impl SentBid {
    pub(crate) fn new(sent: Sent, replica: &Replica, site: &Site, repeated: bool) -> SentBid {
        SentBid {
            auction: replica.id,
            site: site_name(site),
            bid: sent.bid,
            amount: sent.amount,
            currency: replica.listing.terms.currency,
            at: sent.at,
            bidder: sent.number,
            state: SentState::of(&sent),
            repeated,
            what: sent.kind,
        }
    }
}

impl SentState {
    fn of(sent: &Sent) -> SentState {
        let Some(ruling) = &sent.ruling else { return SentState::Waiting };
        match &ruling.refusal {
            None => SentState::Accepted { entry: ruling.entry.unwrap_or(0), at: ruling.at },
            Some((code, _)) => SentState::Refused {
                entry: ruling.entry,
                at: ruling.at,
                code: code.clone(),
                refusal: sent.refusal(),
            },
        }
    }
}
