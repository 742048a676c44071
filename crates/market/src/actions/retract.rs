//! A bidder takes back own offers.

use super::Receipt;
use super::withdraw::reason;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Actor, CommandId, Deed};

impl Market {
    /// Takes back: all own offers with 12 hours or more left, else the last one within an hour. Counted on the
    /// profile.
    pub async fn retract(
        &self,
        who: &Identity,
        auction: i64,
        id: CommandId,
        version: u32,
        why: &str,
    ) -> Result<Receipt, Refusal> {
        who.require_active(Scope::Bid)?;
        let deed = Deed::Retract { reason: reason(why, true)? };
        self.command(auction, id, Actor::Person(who.person), version, deed).await
    }
}
