//! A seller accepts the leader after an unmet reserve.

use super::Receipt;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Actor, CommandId, Deed};

impl Market {
    /// Sells to the leader at the price shown, within 48 hours of the close.
    pub async fn accept(
        &self,
        who: &Identity,
        auction: i64,
        id: CommandId,
        version: u32,
    ) -> Result<Receipt, Refusal> {
        who.require_active(Scope::Sell)?;
        self.command(auction, id, Actor::Person(who.person), version, Deed::Accept).await
    }
}
