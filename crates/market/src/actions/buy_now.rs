//! Somebody buys at the buy-now price.

use super::send_bid::Asked;
use super::{Offer, Placed};
use crate::{Identity, Market, Refusal};
use auction::{CommandId, Decimal, Deed};

impl Market {
    /// Buys now.
    pub async fn buy_now(
        &self,
        who: &Identity,
        auction: i64,
        id: CommandId,
        version: u32,
    ) -> Result<Placed, Refusal> {
        // The price is in the terms, so none is named.
        let bid = Offer { auction, id, version, amount: Decimal::new(0, 0), currency: None };
        self.bid(who, bid, Deed::BuyNow, Asked::BuyNow).await
    }
}
