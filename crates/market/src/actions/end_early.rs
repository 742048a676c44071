//! A seller sells to the leader now.

use super::Receipt;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Actor, CommandId, Deed};

impl Market {
    /// Ends the auction now and sells to whoever leads; a sealed one is decided now.
    pub async fn end_early(
        &self,
        who: &Identity,
        auction: i64,
        id: CommandId,
        version: u32,
    ) -> Result<Receipt, Refusal> {
        who.require_active(Scope::Sell)?;
        self.command(auction, id, Actor::Person(who.person), version, Deed::EndEarly).await
    }
}
