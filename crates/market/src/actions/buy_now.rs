//! Somebody buys at the buy-now price.

use super::Receipt;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Actor, CommandId, Deed};

impl Market {
    /// Buys now.
    pub async fn buy_now(
        &self,
        who: &Identity,
        auction: i64,
        id: CommandId,
        version: u32,
    ) -> Result<Receipt, Refusal> {
        who.require(Scope::Bid)?;
        self.command(auction, id, Actor::Person(who.person), version, Deed::BuyNow).await
    }
}
