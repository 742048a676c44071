//! A seller lowers the reserve.

use super::Receipt;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Actor, CommandId, Decimal, Deed};

impl Market {
    /// Lowers the reserve; `None` drops it.
    pub async fn lower_reserve(
        &self,
        who: &Identity,
        auction: i64,
        id: CommandId,
        version: u32,
        to: Option<Decimal>,
    ) -> Result<Receipt, Refusal> {
        who.require_active(Scope::Sell)?;
        let deed = Deed::LowerReserve { to };
        self.command(auction, id, Actor::Person(who.person), version, deed).await
    }
}
