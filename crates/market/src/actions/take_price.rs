//! Somebody takes the price on the clock of a descending auction.

use super::send_bid::Asked;
use super::{Offer, Placed};
use crate::{Identity, Market, Refusal};
use auction::Deed;

impl Market {
    /// Takes the price; the offer's amount is the price that was seen.
    pub async fn take_price(&self, who: &Identity, seen: Offer) -> Result<Placed, Refusal> {
        self.bid(who, seen, Deed::Take { seen: seen.amount }, Asked::Take(seen.amount)).await
    }
}
